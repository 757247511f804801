import { expect, test } from 'vitest'
import { html, textOf } from './html.ts'
import { fill, sayIn } from './say.ts'

test('a placeholder takes text, escaped, or markup', () => {
  expect(textOf(fill('{a} and {b}', { a: '<i>', b: html`<b>x</b>` }))).toBe(
    '&lt;i&gt; and <b>x</b>',
  )
})

test('a value that looks like a placeholder is not filled', () => {
  expect(textOf(fill('{a} {b}', { a: '{b}', b: 'x' }))).toBe('{b} x')
})

test('a message is text, never markup', () => {
  expect(textOf(fill('a < b & c', {}))).toBe('a &lt; b &amp; c')
})

test('every language speaks', () => {
  expect(textOf(sayIn('de')('sign-in.client', { client: 'X' }))).toBe('weiter zu X')
  expect(textOf(sayIn('fr')('sign-in.password'))).toBe('Mot de passe')
})

test('a forgotten placeholder does not compile', () => {
  // @ts-expect-error the text names a client
  expect(textOf(sayIn('en')('sign-in.client'))).toBe('to continue to ')
})

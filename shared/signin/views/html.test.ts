import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { html, textOf, verbatim } from './html.ts'

/** What a browser reads back from escaped text. */
const decode = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const between = (text: string, before: string, after: string): string =>
  text.slice(before.length, text.length - after.length)

test('whatever the text, in text position it is that text and nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const inner = between(textOf(html`<p>${text}</p>`), '<p>', '</p>')
      expect(inner).not.toMatch(/[<>"']/)
      expect(decode(inner)).toBe(text)
    }),
  )
})

test('whatever the text, in an attribute it is the value of that attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const inner = between(textOf(html`<input value="${text}">`), '<input value="', '">')
      expect(inner).not.toMatch(/[<>"']/)
      expect(decode(inner)).toBe(text)
    }),
  )
})

test.each(['href', 'action', 'formaction', 'src'])(
  'in %s only a web address is kept',
  (attribute) => {
    const render = (url: string) => {
      const literals = Object.assign([`<a ${attribute}="`, '">'], { raw: [] })
      return between(textOf(html(literals, url)), `<a ${attribute}="`, '">')
    }
    expect(render('https://a.example/?b=1&c="')).toBe('https://a.example/?b=1&amp;c=&quot;')
    expect(render('javascript:alert(1)')).toBe('about:invalid')
    expect(render('java\tscript:alert(1)')).toBe('about:invalid')
    expect(render('data:text/html,<script>alert(1)</script>')).toBe('about:invalid')
  },
)

test('markup stays markup, a list is joined, undefined is nothing', () => {
  const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`)
  expect(textOf(html`<ul>${items}${undefined}</ul>`)).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>')
})

test('a value cannot stand in an attribute without quotation marks', () => {
  expect(() => html`<input value=${'a onfocus=alert(1)'}>`).toThrow(TypeError)
})

test('a URL cannot be passed as markup to evade the check', () => {
  expect(textOf(html`<a href="${verbatim('javascript:alert(1)')}">`)).toBe(
    '<a href="about:invalid">',
  )
})

test('verbatim is called for constants only: the layout, the mark and a script', () => {
  const callers = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.startsWith('html.'))
    .filter((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8').includes('verbatim('))
  expect(callers).toEqual(['check-session-page.ts', 'layout.ts', 'mark.ts'])
})

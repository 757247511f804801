import { describe, expect, test } from 'vitest'
import { type Catalogue, catalogues, type PlaceholdersOf } from './catalogue.ts'
import { en } from './en.ts'
import { locales } from './locale.ts'
import { partsOf } from './message.ts'

/** The placeholder names of a message, in the order in which they stand. */
const placeholdersOf = (message: string): readonly string[] =>
  partsOf(message).filter((_, index) => index % 2 === 1)

describe.each(locales)('%s', (locale) => {
  const texts = Object.entries(catalogues[locale])

  test('has the keys of English and no other', () => {
    expect(texts.map(([key]) => key).sort()).toEqual(Object.keys(en).sort())
  })

  test('leaves no text empty and no space at its ends', () => {
    for (const [, text] of texts) expect(text).toMatch(/^\S(.*\S)?$/)
  })

  test('fills the same placeholders as English', () => {
    const expected: Catalogue = en
    const sorted = (catalogue: Catalogue) =>
      Object.entries(catalogue).map(([key, text]) => [key, [...placeholdersOf(text)].sort()])
    expect(Object.fromEntries(sorted(catalogues[locale]))).toEqual(
      Object.fromEntries(sorted(expected)),
    )
  })

  test('is plain text: no markup, no straight quotation mark, no stray brace', () => {
    for (const [, text] of texts) {
      const literal = partsOf(text).filter((_, index) => index % 2 === 0)
      expect(literal.join('')).not.toMatch(/[<>&"'{}]/)
    }
  })
})

test('a message splits into literal text and names, in turn', () => {
  expect(partsOf('{client} asks {user}.')).toEqual(['', 'client', ' asks ', 'user', '.'])
})

test('a missing key and a foreign placeholder do not compile', () => {
  // @ts-expect-error a catalogue with one text is not complete
  const incomplete: Catalogue = { 'sign-in.heading': 'Sign in' }
  // @ts-expect-error the message has no such placeholder
  const foreign: PlaceholdersOf<'{page} · {tenant}'> = 'client'
  expect([incomplete, foreign]).toHaveLength(2)
})

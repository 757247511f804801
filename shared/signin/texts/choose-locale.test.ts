import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseLocale, truncationsOf } from './choose-locale.ts'
import { locales } from './locale.ts'

test('rfc4647 section 3.4: the range is truncated from the end, a single letter together with its subtag', () => {
  expect(truncationsOf('zh-Hant-CN-x-private1-private2')).toEqual([
    'zh-Hant-CN-x-private1-private2',
    'zh-Hant-CN-x-private1',
    'zh-Hant-CN',
    'zh-Hant',
    'zh',
  ])
})

test('rfc4647 section 2.1: what is not a language range matches nothing', () => {
  for (const range of ['', '*', 'de_AT', 'de-', '-de', 'überlang', `de${'-a'.repeat(5000)}`]) {
    expect(truncationsOf(range)).toEqual([])
  }
})

test('rfc4647 section 3.4: de-AT finds de', () => {
  expect(chooseLocale('de-AT', undefined)).toBe('de')
})

test('rfc4647 section 2.1: comparison ignores case', () => {
  expect(chooseLocale('FR-ca', undefined)).toBe('fr')
})

test('rfc4647 section 3.4: each range is exhausted before the next one is tried', () => {
  expect(chooseLocale('de-CH-1996 fr', undefined)).toBe('de')
})

test('oidc core section 3.1.2.1: ui_locales comes before the browser, in order of preference', () => {
  expect(chooseLocale('fr-CA fr en', 'de')).toBe('fr')
  expect(chooseLocale('ja', 'de')).toBe('de')
})

test('oidc core section 3.1.2.1: ui_locales that are not supported are no error', () => {
  expect(chooseLocale('ja ko', undefined)).toBe('en')
})

test('rfc9110 section 12.5.4: the weight orders, not the place', () => {
  expect(chooseLocale(undefined, 'en;q=0.5, fr;q=0.8, de;q=0.9')).toBe('de')
})

test('rfc4647 section 3.4: the wildcard stands for the default', () => {
  expect(chooseLocale(undefined, '*')).toBe('en')
  expect(chooseLocale(undefined, '*, fr;q=0.1')).toBe('fr')
})

test('whatever is sent, a language that we have is chosen', () => {
  const field = fc.option(fc.string(), { nil: undefined })
  fc.assert(
    fc.property(field, field, (ui, accept) => {
      expect(locales).toContain(chooseLocale(ui, accept))
    }),
  )
})

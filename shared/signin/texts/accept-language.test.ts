import { expect, test } from 'vitest'
import { parseAcceptLanguage } from './accept-language.ts'

test('rfc9110 section 12.5.4: the example prefers Danish, then British, then any English', () => {
  expect(parseAcceptLanguage('da, en-gb;q=0.8, en;q=0.7')).toEqual(['da', 'en-gb', 'en'])
})

test('rfc9110 section 12.4.2: equal weights keep their order, a missing weight is 1', () => {
  expect(parseAcceptLanguage('fr;q=0.5,de;q=0.5,en')).toEqual(['en', 'fr', 'de'])
})

test('rfc9110 section 12.4.2: a weight of 0 is not acceptable', () => {
  expect(parseAcceptLanguage('de;q=0, fr;q=0.000, en')).toEqual(['en'])
})

test('what is malformed is passed over', () => {
  expect(parseAcceptLanguage('de;q=2, fr;q=x, ;q=1, , en ; q=0.3')).toEqual(['en'])
})

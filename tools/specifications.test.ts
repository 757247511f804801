import { expect, test } from 'vitest'
import {
  citationOfLink,
  citationOfReference,
  placesInTitle,
  specifications,
} from './specifications.ts'

test('a range of sections stands for each of them', () => {
  const places = specifications.find(({ id }) => id === 'rfc7636')?.places
  expect(places?.get('section 4.6')).toBe('https://www.rfc-editor.org/rfc/rfc7636#section-4.6')
  expect(places?.has('section 4.7')).toBe(false)
  expect(places?.get('appendix B')).toBe('https://www.rfc-editor.org/rfc/rfc7636#appendix-B')
})

test('a link to a section that exists is known, any other is not', () => {
  const core = 'https://openid.net/specs/openid-connect-core-1_0.html'
  expect(citationOfLink(`${core}#AuthRequest`)?.place).toBe('section 3.1.2.1')
  expect(citationOfLink(`${core}#authrequest`)).toBeUndefined()
  expect(citationOfLink('https://example.com/#section-1')).toBeUndefined()
})

test('an error names document and section in short', () => {
  expect(citationOfReference('rfc6749#section-5.2')?.place).toBe('section 5.2')
  expect(citationOfReference('rfc6749#section-5.9')).toBeUndefined()
  expect(citationOfReference('openid-connect-core-1_0#AuthError')?.place).toBe('section 3.1.2.6')
})

test.each([
  ['rfc7636 section 4.6: any other verifier is refused', ['section 4.6']],
  ['rfc8252 section 7.2 and 7.3: claimed https and loopback', ['section 7.2', 'section 7.3']],
  ['rfc6749 appendix A.1: visible ASCII', ['appendix A.1']],
  ['oidc core section 3.1.2.1: login_hint', ['section 3.1.2.1']],
  ['fapi 2.0 message signing section 5.3: signed', ['section 5.3']],
  ['rfc6749 section 4.1.2 and rfc9207 section 2: code and iss', ['section 4.1.2', 'section 2']],
  ['a title that cites nothing', []],
])('%s', (title, places) => {
  expect(placesInTitle(title).known.map(({ place }) => place)).toEqual(places)
})

test('a title that cites a section which does not exist is found out', () => {
  expect(placesInTitle('rfc7636 section 9.9: x')).toEqual({
    known: [],
    unknown: ['rfc7636 section 9.9'],
  })
  expect(placesInTitle('rfc7636 section 4.6 and rfc9207 section 9: x').unknown).toEqual([
    'rfc9207 section 9',
  ])
})

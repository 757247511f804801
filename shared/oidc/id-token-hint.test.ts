import { expect, test } from 'vitest'
import { readIdTokenHint } from './id-token-hint.ts'

test('rp-initiated logout section 2: a hint says whom and which session the client means', () => {
  expect(readIdTokenHint({ sub: 'u', aud: 'web', sid: 's', exp: 1 })).toEqual({
    subject: 'u',
    client: 'web',
    sid: 's',
  })
})

test('rp-initiated logout section 2: a hint counts although it has expired long ago', () => {
  expect(readIdTokenHint({ sub: 'u', aud: 'web', exp: 1 })).toMatchObject({ subject: 'u' })
})

test.each([
  undefined,
  {},
  { sub: 'u' },
  { aud: 'web' },
  { sub: 1, aud: 'web', exp: 1 },
  { sub: 'u', aud: [], exp: 1 },
  { sub: 'u', aud: 'web' },
])('what is no ID token of ours is no hint: %j', (claims) => {
  expect(readIdTokenHint(claims)).toBeUndefined()
})

test('a sid that is no text is none', () => {
  expect(readIdTokenHint({ sub: 'u', aud: 'web', sid: 7, exp: 1 })).toHaveProperty('sid', undefined)
})

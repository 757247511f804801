import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readUnverifiedJwt } from './unverified-jwt.ts'

const encode = (content: string | Uint8Array): string => Buffer.from(content).toString('base64url')

const jwtOf = (header: string | Uint8Array, claims: string | Uint8Array): string =>
  `${encode(header)}.${encode(claims)}.c2ln`

describe('rfc7519 section 7.2: a JWT is three parts, of which two are JSON objects', () => {
  test('it is read as it stands', () => {
    expect(readUnverifiedJwt(jwtOf('{"alg":"ES256"}', '{"sub":"Zoë"}'))).toEqual({
      header: { alg: 'ES256' },
      claims: { sub: 'Zoë' },
    })
  })

  test.each([
    ['no dot', 'e30'],
    ['two parts', 'e30.e30'],
    ['five parts', 'e30.e30.c2ln.e30.e30'],
    ['padding', 'e30=.e30.c2ln'],
    ['a line break', 'e30.e30\n.c2ln'],
    ['the other alphabet', 'e30.e30.a+b/'],
    ['a header that is no JSON', jwtOf('{', '{}')],
    ['a header that is no object', jwtOf('[]', '{}')],
    ['claims that are no object', jwtOf('{}', '"text"')],
    ['claims that are null', jwtOf('{}', 'null')],
    ['more than anybody sends', jwtOf('{}', JSON.stringify({ x: 'x'.repeat(9000) }))],
  ])('%s is none', (_, text) => {
    expect(readUnverifiedJwt(text)).toBeUndefined()
  })
})

test('rfc7519 section 6: one that nobody has signed is none', () => {
  expect(readUnverifiedJwt(`${encode('{"alg":"none"}')}.${encode('{}')}.`)).toBeUndefined()
})

describe('rfc8725 section 3.7: nothing but UTF-8', () => {
  const quoted = (...bytes: number[]) =>
    Buffer.from([...Buffer.from('{"sub":"'), ...bytes, 0x22, 0x7d])

  test.each([
    ['Latin-1', quoted(0xeb)],
    ['a sequence that is cut off', quoted(0xe2, 0x82)],
    ['a longer form than is needed', quoted(0xc0, 0xaf)],
    ['UTF-16', Buffer.from('{"sub":"a"}', 'utf16le')],
    ['a byte order mark', Buffer.from('\ufeff{"sub":"a"}')],
  ])('%s is refused', (_, claims) => {
    expect(readUnverifiedJwt(jwtOf('{}', claims))).toBeUndefined()
    expect(readUnverifiedJwt(jwtOf(claims, '{}'))).toBeUndefined()
  })
})

test('rfc7515 section 4 and 10.12: of a name that is repeated only the last counts', () => {
  expect(readUnverifiedJwt(jwtOf('{"alg":"none","alg":"ES256"}', '{"sub":"a","sub":"b"}'))).toEqual(
    {
      header: { alg: 'ES256' },
      claims: { sub: 'b' },
    },
  )
})

test('no text at all makes reading throw', () => {
  const part = fc.oneof(fc.string(), fc.json().map(encode), fc.uint8Array().map(encode))
  const text = fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.'))
  fc.assert(fc.property(text, (any) => void readUnverifiedJwt(any)))
})

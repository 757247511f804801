import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { compactVerify } from 'jose'
import { expect, test } from 'vitest'
import { compactJws, isCompactJws, signingInput } from './jws.ts'

const header = { alg: 'RS256', kid: 'k-1', typ: 'at+jwt' }

test('rfc7515 section 5.1: the signing input is the encoded header, a dot and the encoded payload', () => {
  const [first, second, ...rest] = signingInput(header, { sub: 'Zoë' }).split('.')
  expect(JSON.parse(Buffer.from(first ?? '', 'base64url').toString())).toEqual(header)
  expect(JSON.parse(Buffer.from(second ?? '', 'base64url').toString())).toEqual({ sub: 'Zoë' })
  expect(rest).toEqual([])
})

test('rfc7515 section 5.2: three parts in base64url, without padding or white space', () => {
  expect(isCompactJws('e30.e30.c2ln')).toBe(true)
  for (const text of ['', 'e30', 'e30.e30.', '.e30.c2ln', 'e30.e30.c2ln.x', 'e30.e30.c2ln=']) {
    expect(isCompactJws(text), text).toBe(false)
  }
  for (const text of ['e30.e30.c2ln\n', ' e30.e30.c2ln', 'e30.e30.c2\r\nln', 'e30.e30.a+/b']) {
    expect(isCompactJws(text), text).toBe(false)
  }
})

test('rfc8725 section 3.7: what is signed is UTF-8', () => {
  const [, payload = ''] = signingInput(header, { sub: 'Zoë ✓ 𝄞' }).split('.')
  expect(Buffer.from(payload, 'base64url')).toEqual(Buffer.from('{"sub":"Zoë ✓ 𝄞"}', 'utf8'))
})

test('rfc7515 section 7.1: another implementation verifies the compact serialization', async () => {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { format: 'pem', type: 'spki' },
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
  })
  const input = signingInput(header, { sub: 'ada' })
  const signature = sign('sha256', Buffer.from(input), createPrivateKey(pair.privateKey))
  const { payload, protectedHeader } = await compactVerify(
    compactJws(input, signature),
    createPublicKey(pair.publicKey),
  )
  expect(protectedHeader).toEqual(header)
  expect(JSON.parse(Buffer.from(payload).toString())).toEqual({ sub: 'ada' })
})

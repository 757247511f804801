import { createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { privateKeyOf, signWith } from './wrapped-signature.ts'

/** The key of RFC 8037 appendix A.1. */
const jwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
}
const unwrapped = () =>
  createPrivateKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'pkcs8' })

const input = `${Buffer.from('{"alg":"EdDSA"}').toString('base64url')}.${Buffer.from(
  'Example of Ed25519 signing',
).toString('base64url')}`

test('rfc8037 section 3.1, 3.1.1 and rfc8037 appendix A.4: the example is signed byte for byte', () => {
  const signature = signWith('EdDSA', privateKeyOf('EdDSA', unwrapped()), input)
  expect(Buffer.from(signature).toString('base64url')).toBe(
    'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
  )
})

test('rfc8037 section 3.1.2 and rfc8037 appendix A.5: and verifies with the public half alone', () => {
  const signature = signWith('EdDSA', privateKeyOf('EdDSA', unwrapped()), input)
  const { d: _, ...published } = jwk
  const key = createPublicKey({ key: published, format: 'jwk' })
  expect(verify(null, Buffer.from(input), key, signature)).toBe(true)
  expect(verify(null, Buffer.from(`${input}x`), key, signature)).toBe(false)
})

test('rfc9964 section 7.1: what was unwrapped is wiped once the key is read', () => {
  const bytes = unwrapped()
  privateKeyOf('EdDSA', bytes)
  expect(bytes.every((byte) => byte === 0)).toBe(true)
})

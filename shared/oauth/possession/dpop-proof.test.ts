import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dpopKey } from '../../../test/support/dpop.ts'
import { anyText, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { parseDpopProof } from './dpop-proof.ts'

const htu = 'https://id.example/acme/oauth2/token'
const key = await dpopKey()

const refusal = (rule: string) => ({
  code: 'invalid_dpop_proof',
  status: 400,
  rule: `oauth/dpop/${rule}`,
})

/** A proof whose header is `header`, signed or not. */
const withHeader = (header: unknown): string =>
  `${Buffer.from(JSON.stringify(header)).toString('base64url')}.e30.c2ln`

test('rfc9449 section 4.2 and 11.10: the example of the RFC, its key named by SHA-256', () => {
  const header = {
    typ: 'dpop+jwt',
    alg: 'ES256',
    jwk: {
      kty: 'EC',
      x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs',
      y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA',
      crv: 'P-256',
    },
  }
  expect(parseDpopProof(withHeader(header))).toMatchObject({
    algorithm: 'ES256',
    jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I',
  })
})

test.each(['ES256', 'EdDSA', 'PS256', 'RS256'])(
  'rfc9449 section 4.3: the key is the one of the header, for %s',
  async (alg) => {
    const { proof, jkt } = await dpopKey(alg)
    expect(parseDpopProof(await proof({ htu }))).toMatchObject({ algorithm: alg, jkt })
  },
)

describe('rfc9449 section 4.1 and 4.3: exactly one well-formed JWT', () => {
  test.each(['', 'a', 'a.b', 'a.b.c.d', 'e30.e30.', 'e30.e30.c2ln ', '{}', 'W10.e30.c2ln'])(
    'not %j',
    (header) => {
      expect(thrownBy(() => parseDpopProof(header))).toMatchObject({ code: 'invalid_dpop_proof' })
    },
  )

  test('two headers arrive as one with a comma', async () => {
    const proof = await key.proof({ htu })
    for (const joined of [`${proof},${proof}`, `${proof}, ${proof}`]) {
      expect(thrownBy(() => parseDpopProof(joined))).toMatchObject(refusal('shape'))
    }
  })

  test('one that is too long is not even read', () => {
    const long = withHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk, x: 'x'.repeat(9000) })
    expect(thrownBy(() => parseDpopProof(long))).toMatchObject(refusal('shape'))
  })
})

test.each([undefined, 'JWT', 'jwt', 'dpop', 'at+jwt', 1])(
  'rfc9449 section 4.3 and 11.5: typ is dpop+jwt, not %j',
  async (typ) => {
    const proof = withHeader({ typ, alg: 'ES256', jwk: key.jwk })
    expect(thrownBy(() => parseDpopProof(proof))).toMatchObject(refusal('type'))
  },
)

test.each([undefined, 'none', 'HS256', 'ES384', 'es256', 256])(
  'rfc9449 section 4.3 and 11.6: alg is an asymmetric algorithm that we accept, not %j',
  (alg) => {
    const proof = withHeader({ typ: 'dpop+jwt', alg, jwk: key.jwk })
    expect(thrownBy(() => parseDpopProof(proof))).toMatchObject(refusal('algorithm'))
  },
)

describe('rfc9449 section 4.3: jwk is a public key that fits alg', () => {
  const weak = { kty: 'RSA', e: 'AQAB', n: Buffer.alloc(128, 255).toString('base64url') }
  test.each([
    ['absent', 'ES256', undefined],
    ['null', 'ES256', null],
    ['a list', 'ES256', [key.jwk]],
    ['without kty', 'ES256', { ...key.jwk, kty: undefined }],
    ['private', 'ES256', key.privateJwk],
    ['symmetric', 'ES256', { kty: 'oct', k: 'c2VjcmV0' }],
    ['of another algorithm', 'EdDSA', key.jwk],
    ['not on its curve', 'ES256', { ...key.jwk, x: key.jwk.y }],
    ['of 1024 bits', 'PS256', weak],
    ['of Ed448', 'EdDSA', generateKeyPairSync('ed448').publicKey.export({ format: 'jwk' })],
  ])('not one that is %s', (_, alg, jwk) => {
    const proof = withHeader({ typ: 'dpop+jwt', alg, jwk })
    expect(thrownBy(() => parseDpopProof(proof))).toMatchObject(refusal('key'))
  })
})

test('what is presented cannot be printed', async () => {
  const proof = await key.proof({ htu })
  expect(JSON.stringify(parseDpopProof(proof))).not.toContain(proof)
})

test('no header at all makes parsing throw anything but a refusal', () => {
  const member = fc.oneof(fc.jsonValue(), fc.constantFrom('dpop+jwt', 'ES256'), anyText)
  const jwk = fc.oneof(
    fc.jsonValue(),
    fc.record({ kty: anyText, crv: anyText, x: anyText, y: anyText, n: anyText, e: anyText }),
    fc.record({ kty: fc.constant('EC'), crv: fc.constant('P-256'), x: anyText, y: anyText }),
  )
  const header = fc.record({
    typ: fc.oneof(fc.constant('dpop+jwt'), member),
    alg: fc.oneof(fc.constantFrom('ES256', 'PS256', 'EdDSA', 'ML-DSA-44'), member),
    jwk,
  })
  fc.assert(
    fc.property(fc.oneof(anyText, header.map(withHeader)), (text) => {
      parsesOrRefuses(() => parseDpopProof(text))
    }),
    { numRuns: 500 },
  )
})

import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { z } from 'zod'
import { assertionAlgorithms } from './client-assertion.ts'

/** Members that only a private or a symmetric key has. */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const

const algorithmsOf: Readonly<Record<string, readonly string[]>> = {
  rsa: ['RS256', 'PS256'],
  'ec/prime256v1': ['ES256'],
  ed25519: ['EdDSA'],
}

const minimumModulusBits = 2048

interface Jwk extends JsonWebKey {
  readonly kty: string
  readonly alg?: string
}

function publicKeyOf(jwk: Jwk) {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
}

/**
 * Says what forbids registering a key of a client, or `undefined` for a good one.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7517#section-9.3 private key material is not for us to see
 * @spec https://www.rfc-editor.org/rfc/rfc7518#section-3.3 RSA keys of 2048 bits or more
 * @param jwk unverified beyond its shape
 */
export function problemOfJwk(jwk: Jwk): string | undefined {
  const secret = privateMembers.find((member) => Object.hasOwn(jwk, member))
  if (secret !== undefined) return `must be a public key, without the private member "${secret}"`
  const key = publicKeyOf(jwk)
  if (key === undefined) return 'is not a valid public key'
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {}
  const kind = [key.asymmetricKeyType, namedCurve].filter(Boolean).join('/')
  const algorithms = algorithmsOf[kind]
  if (algorithms === undefined) return 'must be an RSA, P-256 or Ed25519 key'
  if (kind === 'rsa' && modulusLength < minimumModulusBits) {
    return `must have a modulus of at least ${minimumModulusBits} bits`
  }
  if (jwk.alg !== undefined && !algorithms.includes(jwk.alg))
    return `cannot be used with ${jwk.alg}`
  return undefined
}

const text = z.string().min(1).max(1024)

/** One key; members we do not know are ignored, as RFC 7517 section 4 asks. */
const jwk = z
  .looseObject({
    kty: z.enum(['RSA', 'EC', 'OKP']),
    kid: text.exactOptional(),
    use: z.literal('sig').exactOptional(),
    alg: z.enum(assertionAlgorithms).exactOptional(),
    n: text.exactOptional(),
    e: text.exactOptional(),
    crv: text.exactOptional(),
    x: text.exactOptional(),
    y: text.exactOptional(),
  })
  .superRefine((key, report) => {
    const message = problemOfJwk(key)
    if (message !== undefined) report.addIssue({ code: 'custom', message })
  })

/** @spec https://www.rfc-editor.org/rfc/rfc7517#section-5 */
export const clientJwks = z
  .strictObject({ keys: z.array(jwk).min(1).max(10) })
  .superRefine(({ keys }, report) => {
    if (keys.length === 1) return
    const kids = keys.map((key) => key.kid)
    kids.forEach((kid, at) => {
      if (kid === undefined || kids.indexOf(kid) < at) {
        report.addIssue({
          code: 'custom',
          path: ['keys', at, 'kid'],
          message: 'must be given, and different, for each of several keys',
        })
      }
    })
  })

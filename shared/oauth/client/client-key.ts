import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { minimumModulusBits } from '#shared/jose/algorithms.ts'

/** Members that only a private or a symmetric key has. */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'] as const

const agreement = ['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW']

/** What a key can do: verify what the client signs, or encrypt what the client is sent. */
const algorithmsOf: Readonly<Record<string, Readonly<Record<'sig' | 'enc', readonly string[]>>>> = {
  rsa: { sig: ['RS256', 'PS256'], enc: ['RSA-OAEP', 'RSA-OAEP-256'] },
  'ec/prime256v1': { sig: ['ES256'], enc: agreement },
  'ec/secp384r1': { sig: [], enc: agreement },
  'ec/secp521r1': { sig: [], enc: agreement },
  ed25519: { sig: ['EdDSA'], enc: [] },
  x25519: { sig: [], enc: agreement },
  'ml-dsa-44': { sig: ['ML-DSA-44'], enc: [] },
}

/** Whoever names a key has us calculate with it: a longer one would cost more than it is worth. */
const maximumModulusBits = 8192

export interface Jwk extends JsonWebKey {
  readonly kty: string
  readonly use?: 'sig' | 'enc'
  readonly alg?: string
}

/**
 * Reads a key whose point is written in the one way that there is, so that it has one thumbprint.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7518#section-6.2.1 coordinates of full size
 */
function publicKeyOf(jwk: Jwk): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    const written: JsonWebKey = key.export({ format: 'jwk' })
    return ['x', 'y', 'pub'].every((member) => written[member] === jwk[member]) ? key : undefined
  } catch {
    return undefined
  }
}

/**
 * Says what forbids using a key of a client, or `undefined` for a good one.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7517#section-9.2 private key material is not for us to see
 * @spec https://www.rfc-editor.org/rfc/rfc7518#section-3.3 RSA keys of 2048 bits or more
 * @spec https://www.rfc-editor.org/rfc/rfc7518#section-8.6 and not of any size
 * @param jwk unverified beyond its shape
 */
export function problemOfJwk(jwk: Jwk): string | undefined {
  const secret = privateMembers.find((member) => Object.hasOwn(jwk, member))
  if (secret !== undefined) return `must be a public key, without the private member "${secret}"`
  const key = publicKeyOf(jwk)
  if (key === undefined) return 'is not a valid public key'
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {}
  const kind = [key.asymmetricKeyType, namedCurve].filter(Boolean).join('/')
  if (kind === 'rsa' && modulusLength < minimumModulusBits) {
    return `must have a modulus of at least ${minimumModulusBits} bits`
  }
  if (modulusLength > maximumModulusBits) {
    return `must have a modulus of at most ${maximumModulusBits} bits`
  }
  return problemOfUse(jwk, kind)
}

function problemOfUse({ use, alg }: Jwk, kind: string): string | undefined {
  const { sig, enc } = algorithmsOf[kind] ?? { sig: [], enc: [] }
  const algorithms = [...(use === 'enc' ? [] : sig), ...(use === 'sig' ? [] : enc)]
  if (algorithms.length === 0) {
    return use === undefined ? 'must be a key of a kind that we know' : `cannot be used for ${use}`
  }
  return alg === undefined || algorithms.includes(alg) ? undefined : `cannot be used with ${alg}`
}

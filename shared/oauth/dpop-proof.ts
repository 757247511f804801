import { createPublicKey, type KeyObject } from 'node:crypto'
import { type SigningAlgorithm, signingAlgorithms } from '#shared/jose/algorithms.ts'
import { jwkThumbprint } from '#shared/jose/public-jwk.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { type Jwk, problemOfJwk } from './client-key.ts'
import { invalidDpopProof } from './errors.ts'

/** A DPoP proof whose form is right; what it says is unverified. */
export interface DpopProof {
  readonly jwt: Secret
  readonly algorithm: SigningAlgorithm
  /** The key that the proof carries and must be signed with. */
  readonly key: KeyObject
  /** SHA-256 thumbprint of the key. */
  readonly jkt: string
}

/** Longer than a proof with any key that we take. */
const maximalLength = 8192

const compactJws = /^([\w-]+)\.[\w-]+\.[\w-]+$/

/**
 * Reads the header `DPoP`: one proof, which names its kind and carries its public key.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-4.3
 * @param header unverified; several headers arrive as one, with commas between them
 * @throws ProtocolError `invalid_dpop_proof`
 */
export function parseDpopProof(header: string): DpopProof {
  const [, encoded = ''] = (header.length <= maximalLength && compactJws.exec(header)) || []
  const { typ, alg, jwk } = parseHeader(encoded)
  if (typ !== 'dpop+jwt') throw malformed('type')
  const algorithm = signingAlgorithms.find((known) => known === alg)
  if (algorithm === undefined) throw malformed('algorithm')
  if (!isJwk(jwk) || problemOfJwk({ ...jwk, alg: algorithm, use: 'sig' }) !== undefined) {
    throw malformed('key')
  }
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  return { jwt: new Secret(header), algorithm, key, jkt: jwkThumbprint(jwk) }
}

function parseHeader(encoded: string): Readonly<Record<string, unknown>> {
  try {
    const header: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString())
    if (isRecord(header)) return header
  } catch {
    // What is no JSON is no header either.
  }
  throw malformed('shape')
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isJwk = (value: unknown): value is Jwk & Readonly<Record<string, unknown>> =>
  isRecord(value) && typeof value['kty'] === 'string'

const malformed = (rule: string) =>
  invalidDpopProof(`oauth/dpop/${rule}`, 'the DPoP proof is malformed')

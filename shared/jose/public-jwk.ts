import { createPublicKey, type KeyObject } from 'node:crypto'
import { sha256Base64url } from '#shared/kernel/digest.ts'

/** The public half of a key with what a relying party needs to choose it. */
export interface PublishedJwk {
  /** The public members of the key type. */
  readonly [member: string]: string
  readonly kty: string
  readonly kid: string
  readonly use: 'sig'
  readonly alg: string
}

/** What is published of a signing key, as it is stored. */
export interface PublishableKey {
  /** SubjectPublicKeyInfo, DER in base64. */
  readonly publicKey: string
  readonly kid: string
  readonly algorithm: string
}

/**
 * The members that make a public key, by its type, in lexicographic order.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7638#section-3.2
 * @spec https://www.rfc-editor.org/rfc/rfc8037#section-2 OKP
 * @spec https://www.rfc-editor.org/rfc/rfc9964#section-6 AKP
 */
const requiredMembers: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['RSA', ['e', 'kty', 'n']],
  ['EC', ['crv', 'kty', 'x', 'y']],
  ['OKP', ['crv', 'kty', 'x']],
  ['AKP', ['alg', 'kty', 'pub']],
])

/** Reads a SubjectPublicKeyInfo. @param spki DER in base64 */
export const publicKeyOf = (spki: string): KeyObject =>
  createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })

/** A key of a type that we do not sign with is a bug, never somebody's input. */
function membersOf(jwk: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const names = requiredMembers.get(jwk['kty'])
  if (!names) throw new TypeError(`a key of type ${jwk['kty']} is none that signs`)
  return Object.fromEntries(names.map((name) => [name, String(jwk[name])]))
}

const exportedMembers = (spki: string): Readonly<Record<string, string>> =>
  membersOf({ ...publicKeyOf(spki).export({ format: 'jwk' }) })

/**
 * The entry of a signing key in the tenant's JWK Set.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7517#section-4
 */
export function publicJwk({ publicKey, kid, algorithm }: PublishableKey): PublishedJwk {
  const { kty = '', ...members } = exportedMembers(publicKey)
  return { ...members, kty, kid, use: 'sig', alg: algorithm }
}

/**
 * The SHA-256 thumbprint of a public key: its required members in lexicographic order, no spaces.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7638#section-3
 */
export const jwkThumbprint = (jwk: Readonly<Record<string, unknown>>): string =>
  sha256Base64url(JSON.stringify(membersOf(jwk)))

/** The thumbprint of a SubjectPublicKeyInfo. @param spki DER in base64 */
export const thumbprintOf = (spki: string): string =>
  sha256Base64url(JSON.stringify(exportedMembers(spki)))

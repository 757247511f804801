import { createPublicKey, type KeyObject } from 'node:crypto'
import { sha256Base64url } from '#shared/kernel/digest.ts'

/** The public half of an RSA key with what a relying party needs to choose it. */
export interface PublishedJwk {
  readonly kty: 'RSA'
  readonly n: string
  readonly e: string
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

/** Reads a SubjectPublicKeyInfo. @param spki DER in base64 */
export const publicKeyOf = (spki: string): KeyObject =>
  createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })

function rsaMembers(spki: string): { readonly n: string; readonly e: string } {
  const { kty, n, e } = publicKeyOf(spki).export({ format: 'jwk' })
  if (kty !== 'RSA' || !n || !e) throw new TypeError('not an RSA public key')
  return { n, e }
}

/**
 * The entry of a signing key in the tenant's JWK Set.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7517#section-4
 */
export const publicJwk = (key: PublishableKey): PublishedJwk => ({
  kty: 'RSA',
  ...rsaMembers(key.publicKey),
  kid: key.kid,
  use: 'sig',
  alg: key.algorithm,
})

/**
 * The SHA-256 thumbprint of an RSA public key: its required members in lexicographic order, no spaces.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7638#section-3
 */
export const rsaThumbprint = ({ n, e }: { readonly n: string; readonly e: string }): string =>
  sha256Base64url(JSON.stringify({ e, kty: 'RSA', n }))

/** The thumbprint of a SubjectPublicKeyInfo. @param spki DER in base64 */
export const thumbprintOf = (spki: string): string => rsaThumbprint(rsaMembers(spki))

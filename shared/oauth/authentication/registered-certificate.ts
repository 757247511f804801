import { createPublicKey, type X509Certificate } from 'node:crypto'
import type { PublicJwk } from '../client/client.ts'

/**
 * True when a certificate is one that the client has registered: as it stands, or by its key alone.
 *
 * Nobody else vouches for it, so neither its issuer nor its dates say anything.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-2.2
 * @param jwk a key of the client that has been checked
 */
export function isRegisteredCertificate(certificate: X509Certificate, jwk: PublicJwk): boolean {
  if (Object.hasOwn(jwk, 'x5c')) {
    const [registered] = Array.isArray(jwk['x5c']) ? jwk['x5c'] : []
    return registered === certificate.raw.toString('base64')
  }
  return createPublicKey({ key: jwk, format: 'jwk' }).equals(certificate.publicKey)
}

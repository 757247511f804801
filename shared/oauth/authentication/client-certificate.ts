import { createHash, X509Certificate } from 'node:crypto'
import { minimumModulusBits } from '#shared/jose/algorithms.ts'
import { invalidClient } from '../errors.ts'

/**
 * Reads the certificate that a client has shown, and its key, which is decoded only when it is asked for.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-2
 * @spec https://openid.net/specs/fapi-security-profile-2_0-final.html#section-5.4.1 RSA keys of 2048 bits or more
 * @param pem unverified; only that the client holds the key is known
 * @throws ProtocolError `invalid_client`
 */
export function parseClientCertificate(pem: string): X509Certificate {
  try {
    const certificate = new X509Certificate(pem)
    if (hasStrongKey(certificate)) return certificate
  } catch {
    // What cannot be read proves nothing.
  }
  throw invalidClient('oauth/client/certificate-malformed', 'client authentication failed')
}

/** @throws Error when the key is of no known kind, or no key at all */
const hasStrongKey = ({ publicKey }: X509Certificate): boolean =>
  (publicKey.asymmetricKeyDetails?.modulusLength ?? minimumModulusBits) >= minimumModulusBits

/**
 * The SHA-256 hash of a certificate, as tokens name it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-3.1
 */
export const certificateThumbprint = ({ raw }: X509Certificate): string =>
  createHash('sha256').update(raw).digest('base64url')

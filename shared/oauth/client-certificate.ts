import { createHash, X509Certificate } from 'node:crypto'
import { invalidClient } from './errors.ts'

/**
 * Reads the certificate that a client has shown.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-2
 * @param pem unverified; only that the client holds the key is known
 * @throws ProtocolError `invalid_client`
 */
export function parseClientCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    throw invalidClient('oauth/client/certificate-malformed', 'client authentication failed')
  }
}

/**
 * The SHA-256 hash of a certificate, as tokens name it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-3.1
 */
export const certificateThumbprint = ({ raw }: X509Certificate): string =>
  createHash('sha256').update(raw).digest('base64url')

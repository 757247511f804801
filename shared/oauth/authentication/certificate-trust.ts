import type { X509Certificate } from 'node:crypto'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { maySign } from './certificate-names.ts'

/** Purposes that include the authentication of a TLS client. */
const clientPurposes = ['1.3.6.1.5.5.7.3.2', '2.5.29.37.0']

const isValidAt = ({ validFromDate, validToDate }: X509Certificate, now: EpochSeconds): boolean =>
  validFromDate.getTime() <= now * 1000 && now * 1000 <= validToDate.getTime()

/** Whoever says nothing of purposes may be used for any. */
const isForClients = ({ keyUsage: purposes }: X509Certificate): boolean =>
  purposes === undefined || purposes.some((purpose) => clientPurposes.includes(purpose))

/** An authority whose key cannot be read has issued nothing. */
function hasIssued(authority: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
  } catch {
    return false
  }
}

/**
 * True when one of the authorities has issued the certificate, for clients, and both are valid now.
 *
 * Each authority is an anchor of its own: nothing is looked up, neither what lies between them nor what
 * has been revoked.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-2.1
 * @spec https://www.rfc-editor.org/rfc/rfc5280#section-6.1
 */
export const isTrustedCertificate = (
  certificate: X509Certificate,
  authorities: readonly X509Certificate[],
  now: EpochSeconds,
): boolean =>
  isValidAt(certificate, now) &&
  isForClients(certificate) &&
  maySign(certificate) &&
  authorities.some(
    (authority) => authority.ca && isValidAt(authority, now) && hasIssued(authority, certificate),
  )

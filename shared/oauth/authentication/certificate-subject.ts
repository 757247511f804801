import type { X509Certificate } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { CertificateSubject } from '../client/client.ts'
import { type AlternativeName, certificateNames } from './certificate-names.ts'
import { parseDistinguishedName } from './distinguished-name.ts'
import { canonicalIpAddress } from './ip-address.ts'

/**
 * True when a certificate names the client as it is registered.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-2.1.2
 */
export function isCertificateSubject(
  certificate: X509Certificate,
  registered: CertificateSubject,
): boolean {
  const { subject, alternatives } = certificateNames(certificate)
  if (registered.subjectDn !== undefined) {
    const expected = parseDistinguishedName(registered.subjectDn)
    return expected !== undefined && isDeepStrictEqual(subject, expected)
  }
  const expected = expectedName(registered)
  return expected !== undefined && alternatives.some((name) => isDeepStrictEqual(name, expected))
}

function expectedName(registered: CertificateSubject): AlternativeName | undefined {
  const { sanDns, sanUri, sanIp, sanEmail } = registered
  if (sanDns !== undefined) return { kind: 'dns', value: sanDns.toLowerCase() }
  if (sanUri !== undefined) return { kind: 'uri', value: sanUri }
  if (sanEmail !== undefined) return { kind: 'email', value: sanEmail }
  const address = sanIp === undefined ? undefined : canonicalIpAddress(sanIp)
  return address === undefined ? undefined : { kind: 'ip', value: address }
}

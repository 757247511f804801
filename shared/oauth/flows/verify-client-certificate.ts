import { X509Certificate } from 'node:crypto'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { ClientKeys } from '#shared/ports/client-keys.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { isCertificateSubject } from '../authentication/certificate-subject.ts'
import { isTrustedCertificate } from '../authentication/certificate-trust.ts'
import { isRegisteredCertificate } from '../authentication/registered-certificate.ts'
import type { Client } from '../client/client.ts'
import { invalidClient } from '../errors.ts'

/**
 * Authenticates a client by the certificate of its connection: by whom it names, or as a registered one.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-2
 * @throws ProtocolError `invalid_client`
 */
export const verifyClientCertificate =
  (ports: { readonly clientKeys: ClientKeys }) =>
  async (
    tenant: Tenant,
    client: Client,
    certificate: X509Certificate | undefined,
    now: EpochSeconds,
  ): Promise<void> => {
    if (certificate === undefined) throw failed('missing')
    if (client.tokenEndpointAuthMethod === 'tls_client_auth') {
      const authorities = tenant.settings.clientCertificateAuthorities ?? []
      const anchors = authorities.map((pem) => new X509Certificate(pem))
      if (!isTrustedCertificate(certificate, anchors, now)) throw failed('untrusted')
      if (!isCertificateSubject(certificate, client.certificate ?? {})) throw failed('subject')
    } else if (!(await isRegistered(ports.clientKeys, client, certificate))) {
      throw failed('unregistered')
    }
  }

async function isRegistered(
  clientKeys: ClientKeys,
  client: Client,
  certificate: X509Certificate,
): Promise<boolean> {
  for (const read of [clientKeys.keysOf, clientKeys.freshKeysOf]) {
    const keys = await read(client)
    if (keys.some((key) => isRegisteredCertificate(certificate, key))) return true
  }
  return false
}

const failed = (rule: string) =>
  invalidClient(`oauth/client/certificate-${rule}`, 'client authentication failed')

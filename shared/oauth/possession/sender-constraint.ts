import type { X509Certificate } from 'node:crypto'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { certificateThumbprint } from '../authentication/client-certificate.ts'
import type { Client } from '../client/client.ts'
import { invalidDpopProof, invalidRequest } from '../errors.ts'
import type { Confirmation } from './confirmation.ts'

/** The keys that a request has proved to hold. */
export interface ProvenKeys {
  /** Thumbprint of the DPoP key. */
  readonly jkt?: string
  /** Of the connection. */
  readonly certificate?: X509Certificate
}

/**
 * The key that what is issued is bound to: that of the proof, else the certificate where it is wanted.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-5.2
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-3.4
 * @throws ProtocolError `invalid_dpop_proof` or `invalid_request` where a key is demanded and none proved
 */
export function confirmationFor(
  tenant: Tenant,
  client: Client,
  { jkt, certificate }: ProvenKeys,
): Confirmation | undefined {
  if (jkt !== undefined) return { jkt }
  if (client.dpopBoundAccessTokens) {
    throw invalidDpopProof('oauth/sender/proof-missing', 'a DPoP proof is required')
  }
  const mustBeBound = profileOf(tenant).requiresSenderConstraint
  if (!client.certificateBoundAccessTokens && !mustBeBound) return undefined
  if (certificate !== undefined) return { 'x5t#S256': certificateThumbprint(certificate) }
  throw mustBeBound && !client.certificateBoundAccessTokens
    ? invalidRequest('oauth/sender/key-missing', 'a DPoP proof or a client certificate is required')
    : invalidRequest('oauth/sender/certificate-missing', 'a client certificate is required')
}

import {
  contentEncryptionAlgorithms,
  keyManagementAlgorithms,
  type SigningAlgorithm,
} from '#shared/jose/algorithms.ts'
import { signingAlgorithmsOf } from '#shared/tenant/signing-algorithm.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/** How clients may authenticate at an endpoint. */
export interface AuthenticationChoices {
  readonly methods: readonly string[]
  readonly signingAlgorithms: readonly SigningAlgorithm[]
}

/**
 * What an authorization server says of the endpoints at which issued tokens are asked about and revoked.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8414#section-2
 * @spec https://www.rfc-editor.org/rfc/rfc9701#section-7
 */
export const inquiryMetadata = (
  tenant: Tenant,
  { methods, signingAlgorithms }: AuthenticationChoices,
) => ({
  introspection_endpoint: `${tenant.issuer}/oauth2/introspect`,
  introspection_endpoint_auth_methods_supported: methods.filter((method) => method !== 'none'),
  introspection_endpoint_auth_signing_alg_values_supported: signingAlgorithms,
  introspection_signing_alg_values_supported: signingAlgorithmsOf(tenant),
  introspection_encryption_alg_values_supported: keyManagementAlgorithms,
  introspection_encryption_enc_values_supported: contentEncryptionAlgorithms,
  revocation_endpoint: `${tenant.issuer}/oauth2/revoke`,
  revocation_endpoint_auth_methods_supported: methods,
  revocation_endpoint_auth_signing_alg_values_supported: signingAlgorithms,
})

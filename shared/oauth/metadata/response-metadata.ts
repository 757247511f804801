import { contentEncryptionAlgorithms, keyManagementAlgorithms } from '#shared/jose/algorithms.ts'
import { signingAlgorithmsOf } from '#shared/tenant/signing-algorithm.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { responseModesOf } from '../authorization/response-mode.ts'
import { responseTypesOf } from '../authorization/response-type.ts'

/**
 * What an authorization server says of its authorization responses.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8414#section-2
 * @spec https://openid.net/specs/oauth-v2-jarm-final.html#section-4
 */
export const responseMetadata = (tenant: Tenant) => ({
  response_types_supported: responseTypesOf(tenant),
  response_modes_supported: responseModesOf(tenant),
  authorization_signing_alg_values_supported: signingAlgorithmsOf(tenant),
  authorization_encryption_alg_values_supported: keyManagementAlgorithms,
  authorization_encryption_enc_values_supported: contentEncryptionAlgorithms,
})

/** The grant that has no request of its own: tokens come from the authorization endpoint. */
export const implicitGrant = (tenant: Tenant): readonly 'implicit'[] =>
  responseTypesOf(tenant).every((type) => type === 'code') ? [] : ['implicit']

import { contentEncryptionAlgorithms, keyManagementAlgorithms } from '#shared/jose/algorithms.ts'
import { authorizationServerMetadata } from '#shared/oauth/metadata/authorization-server-metadata.ts'
import { senderMetadata } from '#shared/oauth/metadata/sender-metadata.ts'
import { signingAlgorithmsOf } from '#shared/tenant/signing-algorithm.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { authenticationContextsOf } from './acr.ts'
import { backchannelMetadata } from './backchannel-metadata.ts'
import { claimsOfScope } from './claims.ts'
import { prompts } from './prompt.ts'
import { offersSessionManagement } from './session-state.ts'

/** The protocol's own claims of an ID token. */
const protocolClaims = [
  'sub',
  'iss',
  'aud',
  'exp',
  'iat',
  'auth_time',
  'acr',
  'amr',
  'nonce',
  'sid',
  'at_hash',
  'c_hash',
  's_hash',
]

/**
 * What an OpenID provider says of itself: exactly what it accepts, nothing else.
 *
 * @spec https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 * @param uiLocales BCP 47 tags of the pages' languages
 * @param mtlsOrigin where clients are asked for certificates, if anywhere
 */
export function providerMetadata(
  tenant: Tenant,
  uiLocales: readonly string[],
  mtlsOrigin?: string,
) {
  const metadata = openIdMetadata(tenant, uiLocales, mtlsOrigin)
  return { ...metadata, ...senderMetadata(tenant, metadata, mtlsOrigin) }
}

const openIdMetadata = (tenant: Tenant, uiLocales: readonly string[], mtlsOrigin?: string) => ({
  ...authorizationServerMetadata(tenant, uiLocales, mtlsOrigin),
  userinfo_endpoint: `${tenant.issuer}/oauth2/userinfo`,
  ...backchannelMetadata(tenant),
  end_session_endpoint: `${tenant.issuer}/oauth2/logout`,
  ...(offersSessionManagement(tenant) && {
    check_session_iframe: `${tenant.issuer}/oauth2/check_session`,
  }),
  frontchannel_logout_supported: true,
  frontchannel_logout_session_supported: true,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  subject_types_supported: ['public', 'pairwise'],
  id_token_signing_alg_values_supported: signingAlgorithmsOf(tenant),
  id_token_encryption_alg_values_supported: keyManagementAlgorithms,
  id_token_encryption_enc_values_supported: contentEncryptionAlgorithms,
  userinfo_signing_alg_values_supported: signingAlgorithmsOf(tenant),
  userinfo_encryption_alg_values_supported: keyManagementAlgorithms,
  userinfo_encryption_enc_values_supported: contentEncryptionAlgorithms,
  claims_supported: [...protocolClaims, ...Object.values(claimsOfScope).flat()],
  claim_types_supported: ['normal'],
  prompt_values_supported: prompts,
  claims_parameter_supported: true,
  acr_values_supported: authenticationContextsOf(tenant).map(({ acr }) => acr),
})

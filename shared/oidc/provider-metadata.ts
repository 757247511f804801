import { authorizationServerMetadata } from '#shared/oauth/authorization-server-metadata.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
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
 */
export const providerMetadata = (tenant: Tenant, uiLocales: readonly string[]) => ({
  ...authorizationServerMetadata(tenant, uiLocales),
  userinfo_endpoint: `${tenant.issuer}/oauth2/userinfo`,
  end_session_endpoint: `${tenant.issuer}/oauth2/logout`,
  ...(offersSessionManagement(tenant) && {
    check_session_iframe: `${tenant.issuer}/oauth2/check_session`,
  }),
  frontchannel_logout_supported: true,
  frontchannel_logout_session_supported: true,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: tenant.settings.signingAlgorithms,
  claims_supported: [...protocolClaims, ...Object.values(claimsOfScope).flat()],
  claim_types_supported: ['normal'],
  prompt_values_supported: prompts,
  claims_parameter_supported: false,
  request_parameter_supported: false,
  request_uri_parameter_supported: false,
})

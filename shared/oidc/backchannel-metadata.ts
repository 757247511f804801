import { assertionAlgorithms } from '#shared/oauth/authentication/client-assertion.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/**
 * What the provider says of backchannel authentication: poll and ping, and no code of the user's own.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#registration
 */
export const backchannelMetadata = (tenant: Tenant) => ({
  backchannel_authentication_endpoint: `${tenant.issuer}/oauth2/bc-authorize`,
  backchannel_token_delivery_modes_supported: ['poll', 'ping'],
  backchannel_authentication_request_signing_alg_values_supported: assertionAlgorithms(tenant),
  backchannel_user_code_parameter_supported: false,
})

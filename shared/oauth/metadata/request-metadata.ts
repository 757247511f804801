import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { requestObjectAlgorithms } from '../authorization/request-object.ts'

/**
 * In which ways a client may ask.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9126#section-5
 * @spec https://www.rfc-editor.org/rfc/rfc9101#section-9.2
 * @spec https://www.rfc-editor.org/rfc/rfc9396#section-10
 * @spec https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 */
export function requestMetadata(tenant: Tenant) {
  const rules = profileOf(tenant)
  const types = tenant.settings.authorizationDetailsTypes?.map(({ type }) => type) ?? []
  return {
    pushed_authorization_request_endpoint: `${tenant.issuer}/oauth2/par`,
    require_pushed_authorization_requests: rules.requiresPushedRequests,
    request_parameter_supported: true,
    request_uri_parameter_supported: rules.takesRequestsByReference,
    ...(rules.takesRequestsByReference && { require_request_uri_registration: true }),
    request_object_signing_alg_values_supported: requestObjectAlgorithms(tenant),
    require_signed_request_object: rules.requiresSignedRequests,
    ...(types.length > 0 && { authorization_details_types_supported: types }),
  }
}

import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import type { Parameters } from '#shared/kernel/parameters.ts'
import { assertionAlgorithms } from '#shared/oauth/authentication/client-assertion.ts'
import { credentialParameters } from '#shared/oauth/authentication/client-authentication.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/** What stands beside a signed request: how the client authenticates, and no parameter of the request. */
const besideObject = new Set(['request', 'client_id', ...credentialParameters])

/** The claims that such an object must have, beside those of every request object. */
const requiredClaims = ['exp', 'iat', 'nbf', 'jti']

/**
 * True when the client is held to signing its requests: by what it has registered, or by FAPI.
 *
 * @spec https://openid.net/specs/openid-financial-api-ciba-ID1.html#rfc.section.5.2.2
 */
export const mustSignBackchannelRequests = (
  tenant: Tenant,
  { backchannelAuthentication }: Client,
): boolean =>
  backchannelAuthentication?.requestSigningAlg !== undefined ||
  profileOf(tenant).requiresKeyAuthentication

/** The signatures that it may carry. */
export const backchannelRequestAlgorithms = (
  tenant: Tenant,
  { backchannelAuthentication }: Client,
): readonly SigningAlgorithm[] =>
  assertionAlgorithms(tenant, backchannelAuthentication?.requestSigningAlg)

/**
 * Refuses parameters of the request that nobody has signed.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.7.1.1
 * @throws ProtocolError `invalid_request`
 */
export function verifyNothingBesideObject(parameters: Parameters): void {
  if ([...parameters.keys()].every((name) => besideObject.has(name))) return
  throw invalidRequest('oidc/backchannel/beside-object', 'a parameter stands beside the request')
}

/**
 * Checks that an object says when it counts and which one it is.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.7.1.1
 * @throws ProtocolError `invalid_request`
 */
export function verifyObjectIsDated(claims: Readonly<Record<string, unknown>>): void {
  if (requiredClaims.every((name) => claims[name] !== undefined)) return
  throw invalidRequest('oidc/backchannel/undated-object', 'the request lacks exp, iat, nbf or jti')
}

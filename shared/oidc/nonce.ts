import { answersWith } from '#shared/oauth/authorization/response-type.ts'
import type { ResponseType } from '#shared/oauth/client/client.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/** A nonce travels in the sealed code, whose size is bounded. */
const maximalNonceLength = 512

/** @throws ProtocolError `invalid_request` */
export function parseNonce(presented: string | undefined): string | undefined {
  if (presented !== undefined && presented.length > maximalNonceLength) {
    throw invalidRequest('oidc/nonce/length', 'nonce is longer than 512 characters')
  }
  return presented
}

/** What ties an answer to the request. */
interface Ties {
  readonly responseType: ResponseType
  readonly scopes: readonly string[]
  readonly nonce: string | undefined
  readonly state: string | undefined
}

/**
 * Checks that the client can tell the answer to this request from any other.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#ImplicitAuthRequest
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#HybridIDToken
 * @spec https://openid.net/specs/openid-financial-api-part-1-1_0-final.html#authorization-server
 * @throws ProtocolError `invalid_request`
 */
export function verifyNonce(
  { responseType, scopes, nonce, state }: Ties,
  tenant: Pick<Tenant, 'settings'>,
): void {
  const answersWithIdToken = answersWith(responseType, 'id_token')
  const identifies = scopes.includes('openid')
  if (answersWithIdToken && !identifies) {
    throw invalidRequest('oidc/authorize/openid', 'an ID token needs the scope openid')
  }
  const { requiresOneTimeValues } = profileOf(tenant)
  if (nonce === undefined && (answersWithIdToken || (requiresOneTimeValues && identifies))) {
    throw invalidRequest('oidc/nonce/missing', 'this request needs a nonce')
  }
  if (requiresOneTimeValues && !identifies && state === undefined) {
    throw invalidRequest('oidc/nonce/state-missing', 'this request needs a state')
  }
}

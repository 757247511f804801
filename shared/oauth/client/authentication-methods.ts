import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import {
  type TokenEndpointAuthMethod,
  tokenEndpointAuthMethods,
} from './token-endpoint-auth-method.ts'

const byCertificate = ['tls_client_auth', 'self_signed_tls_client_auth'] as const

/** In these the client proves a key of its own; what it sends is worth nothing to anybody else. */
const byKey: readonly TokenEndpointAuthMethod[] = ['private_key_jwt', ...byCertificate]

/**
 * How clients of the tenant may authenticate.
 *
 * `client_secret_jwt` is not among them: it would need the secret itself, and only its hash is kept.
 *
 * @spec https://openid.net/specs/fapi-security-profile-2_0-final.html#section-5.3.2.1
 */
export const authenticationMethods = (
  tenant: Pick<Tenant, 'settings'>,
): readonly TokenEndpointAuthMethod[] =>
  profileOf(tenant).requiresKeyAuthentication ? byKey : tokenEndpointAuthMethods

/** True where it is the connection that authenticates the client; the request only names it. */
export const isByCertificate = (method: TokenEndpointAuthMethod): boolean =>
  byCertificate.some((each) => each === method)

/**
 * How a client may be registered to authenticate.
 *
 * Beside what is registered at IANA, `workload_identity`: somebody else vouches for the client, whom a
 * mapping of a trusted issuer names.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-2
 */
export const tokenEndpointAuthMethods = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'tls_client_auth',
  'self_signed_tls_client_auth',
  'attest_jwt_client_auth',
  'workload_identity',
  'none',
] as const

export type TokenEndpointAuthMethod = (typeof tokenEndpointAuthMethods)[number]

import { signingAlgorithms } from '#shared/jose/algorithms.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import { signingAlgorithmsOf } from '#shared/tenant/signing-algorithm.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { responseTypesOf } from '../authorization/response-type.ts'
import { authenticationMethods } from '../client/authentication-methods.ts'
import type { RegisteredGrantType, ResponseType } from '../client/client.ts'
import type { TokenEndpointAuthMethod } from '../client/token-endpoint-auth-method.ts'
import type { MetadataProblem } from './metadata-rule.ts'

type Settings = Pick<Tenant, 'settings'>

const signedForClient = [
  'id_token_signed_response_alg',
  'userinfo_signed_response_alg',
  'introspection_signed_response_alg',
  'authorization_signed_response_alg',
  'access_token_signed_response_alg',
] as const

const signedByClient = [
  'token_endpoint_auth_signing_alg',
  'request_object_signing_alg',
  'backchannel_authentication_request_signing_alg',
] as const

type Algorithms = {
  readonly [Member in (typeof signedForClient | typeof signedByClient)[number]]?: string
}

interface Metadata extends Algorithms {
  readonly token_endpoint_auth_method: TokenEndpointAuthMethod
  readonly grant_types: readonly RegisteredGrantType[]
  readonly response_types?: readonly ResponseType[]
  readonly redirect_uris: readonly string[]
  readonly request_uris?: readonly string[]
  readonly jwks?: { readonly keys: readonly { readonly alg?: string }[] }
  readonly jwks_uri?: string
}

/** Lists what a client asks for that its tenant never gives, and what it never takes. */
export const problemsWithTenant = (
  metadata: Metadata,
  tenant: Settings,
): readonly MetadataProblem[] => [
  ...problemsOfAlgorithms(metadata, tenant),
  ...problemsOfCredentials(metadata, tenant),
  ...problemsOfRequests(metadata, tenant),
  ...problemsOfAnswers(metadata, tenant),
]

function problemsOfAlgorithms(metadata: Metadata, tenant: Settings): MetadataProblem[] {
  const ours: readonly string[] = signingAlgorithmsOf(tenant)
  const unsigned = signedForClient.filter((member) => {
    const asked = metadata[member]
    return asked !== undefined && !ours.includes(asked)
  })
  const { algorithms } = profileOf(tenant)
  const isForbidden = (alg: string | undefined) =>
    signingAlgorithms.some((known) => known === alg && !algorithms.includes(known))
  const weak = signedByClient.filter((member) => isForbidden(metadata[member]))
  const weakKeys = (metadata.jwks?.keys ?? []).flatMap(({ alg }, at) =>
    isForbidden(alg) ? [['jwks', 'keys', at, 'alg'] as const] : [],
  )
  return [
    ...unsigned.map((member) => ({
      path: [member],
      message: 'is none of the signingAlgorithms of the tenant',
    })),
    ...[...weak.map((member) => [member]), ...weakKeys].map((path) => ({
      path,
      message: `must be one of ${algorithms.join(', ')} under the profile of the tenant`,
    })),
  ]
}

/** @spec https://openid.net/specs/fapi-security-profile-2_0-final.html#section-5.3.2.1 */
function problemsOfCredentials(metadata: Metadata, tenant: Settings): MetadataProblem[] {
  const method = metadata.token_endpoint_auth_method
  const methods = authenticationMethods(tenant)
  if (!methods.includes(method)) {
    const message = `must be one of ${methods.join(', ')} under the profile of the tenant`
    return [{ path: ['token_endpoint_auth_method'], message }]
  }
  const isTrusted = tenant.settings.clientCertificateAuthorities !== undefined
  if (method !== 'tls_client_auth' || isTrusted) return []
  const message = 'tls_client_auth needs the tenant to have clientCertificateAuthorities'
  return [{ path: ['token_endpoint_auth_method'], message }]
}

/** @spec https://openid.net/specs/openid-financial-api-part-2-1_0-final.html#authorization-server */
function problemsOfRequests(metadata: Metadata, tenant: Settings): MetadataProblem[] {
  const { requiresSignedRequests, takesRequestsByReference } = profileOf(tenant)
  const problems: MetadataProblem[] = []
  if (!takesRequestsByReference && metadata.request_uris !== undefined) {
    const message = 'has no use: the profile of the tenant takes no request from there'
    problems.push({ path: ['request_uris'], message })
  }
  const hasKeys = metadata.jwks !== undefined || metadata.jwks_uri !== undefined
  if (requiresSignedRequests && asksInBrowser(metadata) && !hasKeys) {
    const message = 'is missing: under the profile of the tenant requests are signed'
    problems.push({ path: ['jwks'], message })
  }
  return problems
}

const asksInBrowser = ({ grant_types: grants }: Metadata): boolean =>
  grants.includes('authorization_code') || grants.includes('implicit')

/** @spec https://openid.net/specs/fapi-security-profile-2_0-final.html#section-5.3.2.2 */
function problemsOfAnswers(metadata: Metadata, tenant: Settings): MetadataProblem[] {
  const left = responseTypesOf(tenant)
  const unanswered = (metadata.response_types ?? []).flatMap((type, at) =>
    left.includes(type)
      ? []
      : [{ path: ['response_types', at], message: 'is not left by the profile of the tenant' }],
  )
  const { requiresKeyAuthentication } = profileOf(tenant)
  const inClear = metadata.redirect_uris.flatMap((uri, at) =>
    requiresKeyAuthentication && !uri.startsWith('https:')
      ? [{ path: ['redirect_uris', at], message: 'must be https under the profile of the tenant' }]
      : [],
  )
  return [...unanswered, ...inClear]
}

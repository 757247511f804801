import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import { isHostOf, type RegistrationPolicy } from '#shared/tenant/self-registration.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import { invalidClientMetadata, invalidRedirectUri } from '../errors.ts'
import type { ClientMetadata } from './client-metadata.ts'
import { isWebUri } from './web-uri.ts'

const defaults = {
  scopes: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
  grantTypes: ['authorization_code', 'refresh_token'],
} as const satisfies RegistrationPolicy

/** What the tenant allows clients that come by themselves, unless `own` says otherwise. */
export const policyOf = (
  { settings }: Pick<Tenant, 'settings'>,
  own: RegistrationPolicy = {},
): RegistrationPolicy => ({ ...settings.selfRegistration, ...own })

/** What a client may change itself into: all that it could have registered as, and all that it is by now. */
export function policyForChange(tenant: Pick<Tenant, 'settings'>, client: Client) {
  const { scopes, grantTypes, redirectHosts } = policyOf(tenant, client.dynamicRegistration?.policy)
  const own = [...client.redirectUris, ...otherPlacesOf(client)].map(hostOf)
  return {
    scopes: [...(scopes ?? defaults.scopes), ...client.scopes],
    grantTypes: [...(grantTypes ?? defaults.grantTypes), ...client.grantTypes],
    ...(redirectHosts && { redirectHosts: [...redirectHosts, ...own] }),
  }
}

/** Where people are sent besides the redirect URIs. */
const otherPlacesOf = ({
  postLogoutRedirectUris,
  initiateLoginUri,
}: Pick<Client, 'postLogoutRedirectUris' | 'initiateLoginUri'>): readonly string[] => [
  ...postLogoutRedirectUris,
  ...(initiateLoginUri === undefined ? [] : [initiateLoginUri]),
]

/** What leads to an app of the device has no host, though one may be written in it. */
const hostOf = (uri: string): string => (isWebUri(uri) ? (URL.parse(uri)?.hostname ?? '') : '')

/**
 * Holds metadata to a policy: a grant type or a host that it does not allow is refused, a scope left out.
 *
 * People are sent to more places than the redirect URIs, by links that bear the name of the tenant.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1 what was asked for may be replaced
 * @throws ProtocolError `invalid_redirect_uri` or `invalid_client_metadata`
 */
export function applyPolicy(metadata: ClientMetadata, policy: RegistrationPolicy): ClientMetadata {
  const { scopes = defaults.scopes, grantTypes = defaults.grantTypes } = policy
  if (!metadata.grant_types.every((type) => grantTypes.some((allowed) => allowed === type))) {
    throw invalidClientMetadata(
      'oauth/registration/grant-type',
      'grant_types holds one that may not be registered here',
    )
  }
  if (!metadata.redirect_uris.every((uri) => isAllowedHost(uri, policy))) {
    throw invalidRedirectUri(
      'oauth/registration/redirect-host',
      'redirect_uris holds a host that may not be registered here',
    )
  }
  const { post_logout_redirect_uris: postLogoutRedirectUris, initiate_login_uri } = metadata
  const places = {
    postLogoutRedirectUris,
    ...withoutAbsent({ initiateLoginUri: initiate_login_uri }),
  }
  if (!otherPlacesOf(places).every((uri) => isAllowedHost(uri, policy))) {
    throw invalidClientMetadata(
      'oauth/registration/host',
      'post_logout_redirect_uris or initiate_login_uri holds a host that may not be registered here',
    )
  }
  const asked = metadata.scope?.split(' ') ?? scopes
  const allowed = asked.filter((scope) => scopes.some((each) => each === scope))
  if (allowed.length === 0) {
    throw invalidClientMetadata('oauth/registration/scope', 'no scope of these is allowed here')
  }
  return { ...metadata, scope: [...new Set(allowed)].join(' ') }
}

const isAllowedHost = (uri: string, { redirectHosts }: RegistrationPolicy): boolean =>
  redirectHosts === undefined || redirectHosts.some((pattern) => isHostOf(pattern, hostOf(uri)))

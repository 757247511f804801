import type { Tenant } from '#shared/tenant/tenant.ts'
import { scopesOfPeople } from '../authorization/scope.ts'
import { dpopAlgorithms } from '../possession/dpop-algorithms.ts'

const path = 'oauth2/userinfo'

/** The one resource that the issuer protects itself: what it knows of the user. */
export const ownResource = (issuer: string): string => `${issuer}/${path}`

/** True for what needs no declaration: the issuer's own resource, also by the name of the issuer. */
export const isOwnResource = (issuer: string, identifier: string): boolean =>
  identifier === issuer || identifier === ownResource(issuer)

/**
 * Where the metadata of the own resource are: the well-known part stands between host and path.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9728#section-3.1
 */
export function ownResourceMetadataUrl(issuer: string): string {
  const { origin, pathname } = new URL(ownResource(issuer))
  return `${origin}/.well-known/oauth-protected-resource${pathname}`
}

/**
 * What the issuer says of its own resource.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9728#section-2
 */
export const protectedResourceMetadata = (tenant: Tenant) => ({
  resource: ownResource(tenant.issuer),
  resource_name: tenant.displayName,
  authorization_servers: [tenant.issuer],
  scopes_supported: scopesOfPeople.filter((scope) => scope !== 'offline_access'),
  bearer_methods_supported: ['header', 'body'],
  dpop_signing_alg_values_supported: dpopAlgorithms(tenant),
})

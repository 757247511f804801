import type { TenantId } from '#shared/kernel/ids.ts'
import type { IdTokenFacts } from '#shared/oauth/token/id-token-facts.ts'
import type { Groups } from '#shared/ports/repositories/groups.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import { allowedClaims } from '../claims.ts'

export interface PersonPorts {
  readonly users: Pick<Users, 'find'>
  readonly groups: Pick<Groups, 'namesOf'>
}

/**
 * The claims about the person that belong into an ID token: what was asked for by name, and what no
 * access token could fetch.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims
 */
export const personalClaims =
  (ports: PersonPorts) =>
  async (
    tenant: TenantId,
    {
      user: id,
      claims,
      carriedScopes: scopes = [],
    }: Pick<IdTokenFacts, 'user' | 'claims' | 'carriedScopes'>,
  ): Promise<Readonly<Record<string, unknown>>> => {
    const requested = claims?.id_token ?? {}
    const areGroupsAsked = scopes.includes('groups') || Object.hasOwn(requested, 'groups')
    const [user, groups] = await Promise.all([
      ports.users.find(tenant, id),
      areGroupsAsked ? ports.groups.namesOf(tenant, id) : [],
    ])
    return user === undefined ? {} : allowedClaims(user, { scopes, requested }, groups)
  }

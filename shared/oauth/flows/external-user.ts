import type { UserId } from '#shared/kernel/ids.ts'
import type { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { type EpochSeconds, epochSeconds } from '#shared/kernel/time.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import { isUserValid } from '#shared/session/live.ts'
import { narrowScopes } from '../authorization/scope.ts'
import { type UserMapping, userMappingOf, userNameIn } from '../trust/trusted-issuer.ts'
import type { GrantContext } from './grant-context.ts'
import type { Entitlement } from './open-external-line.ts'
import {
  type ExternalIdentity,
  type ExternalTokenPorts,
  verifyExternalToken,
} from './verify-external-token.ts'

export interface ExternalUserPorts {
  readonly externalTokens: ExternalTokenPorts
  readonly users: Pick<Users, 'find' | 'findIdByUserName'>
}

/** A user whom a trusted issuer vouches for, and what the client may be given for that. */
export interface ExternalUser {
  readonly identity: ExternalIdentity
  readonly entitlement: Entitlement
}

/**
 * Finds the user that a token of a trusted issuer speaks of, for a client that may bring it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7523#section-3
 * @param jwt unverified
 * @param refused the refusal of a token that breaks the rule of that name
 * @throws ProtocolError `invalid_scope`, or what `refused` makes
 */
export const externalUser =
  (ports: ExternalUserPorts, refused: (rule: string) => ProtocolError) =>
  async (
    { tenant, client, now }: GrantContext,
    jwt: string,
    requestedScopes: readonly string[],
  ): Promise<ExternalUser> => {
    const verify = verifyExternalToken(ports.externalTokens, refused)
    const identity = await verify(tenant, jwt, now)
    const mapping = userMappingOf(identity.trusted, identity.claims)
    if (mapping === undefined || !mapping.clients.includes(client.id)) throw refused('unmapped')
    const since = issuedAt(identity, now)
    const user = await findUser(ports, tenant.id, mapping, identity, since)
    if (user === undefined) throw refused('user')
    const scopes = mapping.scopes.filter((scope) => client.scopes.includes(scope))
    return {
      identity,
      entitlement: {
        user,
        since,
        scopes: narrowScopes(requestedScopes, scopes),
        resources: mapping.resources ?? [],
      },
    }
  }

/** What does not say when it was issued counts as new. */
const issuedAt = ({ claims }: ExternalIdentity, now: EpochSeconds): EpochSeconds =>
  typeof claims['iat'] === 'number' ? epochSeconds(Math.floor(claims['iat'])) : now

async function findUser(
  { users }: ExternalUserPorts,
  tenant: GrantContext['tenant']['id'],
  mapping: UserMapping,
  { claims }: ExternalIdentity,
  since: EpochSeconds,
): Promise<UserId | undefined> {
  const name = userNameIn(mapping, claims)
  const id = name && (await users.findIdByUserName(tenant, name))
  const user = id ? await users.find(tenant, id) : undefined
  return user !== undefined && isUserValid(user, since) ? user.id : undefined
}

import type { User } from '#shared/directory/user.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import type { RevokedTokens } from '#shared/ports/repositories/revoked-tokens.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { AccessToken, TokenLine } from '../access-token.ts'
import type { Client } from '../client.ts'
import type { RefreshFamily } from '../refresh-family.ts'
import { isClientValid, lostGround } from '../standing.ts'

export interface StandingPorts {
  readonly clients: Pick<Clients, 'find'>
  readonly users: Pick<Users, 'find'>
  readonly sessions: Pick<Sessions, 'find'>
  readonly refreshFamilies: Pick<RefreshFamilies, 'find'>
  readonly revokedTokens: Pick<RevokedTokens, 'has'>
}

/** What a token rests on, all of it sound; user and line are absent where a client acts for itself. */
export interface Standing {
  readonly client: Client
  readonly line?: { readonly user: User; readonly family: RefreshFamily }
}

/** What of a token its standing hangs on. */
export type StandingToken = Pick<AccessToken, 'client' | 'line' | 'jti' | 'issuedAt'>

/**
 * Reads everything that an access token rests on, strongly consistently: what is revoked counts at once.
 *
 * Answers `undefined` for a token that does not stand any more, whatever the reason. A token of its
 * line's own client is revoked with the line; any other one by itself.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7662#section-4
 */
export const standingOf =
  (ports: StandingPorts) =>
  async (
    tenant: TenantId,
    token: StandingToken,
    now: EpochSeconds,
  ): Promise<Standing | undefined> => {
    const [client, line] = await Promise.all([
      ports.clients.find(tenant, token.client),
      token.line && readLine(ports, tenant, token.line),
    ])
    if (client === undefined || !isClientValid(client, token.issuedAt)) return undefined
    if (token.line === undefined) {
      return (await ports.revokedTokens.has(tenant, token.jti)) ? undefined : { client }
    }
    if (line === undefined || line.family.revokedAt !== undefined) return undefined
    const grant = { ...line.family, issuedAt: token.issuedAt }
    if (lostGround(grant, { client, ...line }, now) !== undefined) return undefined
    const isOfOther = line.family.client !== token.client
    if (isOfOther && (await ports.revokedTokens.has(tenant, token.jti))) return undefined
    return { client, line }
  }

async function readLine(ports: StandingPorts, tenant: TenantId, { user: id, family }: TokenLine) {
  const [user, found] = await Promise.all([
    ports.users.find(tenant, id),
    ports.refreshFamilies.find({ tenant, user: id, id: family }),
  ])
  if (user === undefined || found === undefined) return undefined
  const session = found.offline ? undefined : await ports.sessions.find(found)
  return { user, family: found, session }
}

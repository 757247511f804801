import type { User } from '#shared/directory/user.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import type { RevokedTokens } from '#shared/ports/repositories/revoked-tokens.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Client } from '../client/client.ts'
import type { AccessToken, TokenLine } from '../token/access-token.ts'
import type { RefreshFamily } from '../token/refresh-family.ts'
import { isClientValid, lostGround } from '../token/standing.ts'

export interface LinePorts {
  readonly users: Pick<Users, 'find'>
  readonly sessions: Pick<Sessions, 'find'>
  readonly refreshFamilies: Pick<RefreshFamilies, 'find'>
}

export interface StandingPorts extends LinePorts {
  readonly clients: Pick<Clients, 'find'>
  readonly revokedTokens: Pick<RevokedTokens, 'has'>
}

/** The user and the line of tokens that a token rests on, both sound. */
export interface StandingLine {
  readonly user: User
  readonly family: RefreshFamily
}

/** What an access token rests on, all of it sound; a client that acts for itself has no line. */
export interface Standing {
  readonly client: Client
  readonly line?: StandingLine
}

/** What of an access token its standing hangs on. */
export type StandingToken = Pick<AccessToken, 'client' | 'line' | 'jti' | 'issuedAt'>

/**
 * Reads everything that an access token rests on, strongly consistently: what is revoked counts at once.
 *
 * Answers `undefined` for a token that does not stand any more, whatever the reason. A token of its
 * line's own client is revoked with the line; any other one by itself too, and it falls with that client.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7662#section-4
 * @param asking the client that has just authenticated, so that nobody reads it twice
 */
export const standingOf =
  (ports: StandingPorts) =>
  async (
    tenant: TenantId,
    token: StandingToken,
    now: EpochSeconds,
    asking?: Client,
  ): Promise<Standing | undefined> => {
    const { issuedAt } = token
    const [client, line] = await Promise.all([
      asking?.id === token.client ? asking : ports.clients.find(tenant, token.client),
      token.line && standingLine(ports)(tenant, token.line, now),
    ])
    if (client === undefined || !isClientValid(client, issuedAt)) return undefined
    if (token.line !== undefined && line === undefined) return undefined
    const isOfItsLine = line?.family.client === token.client
    if (!isOfItsLine && !(await standsByItself(ports, tenant, token, line))) return undefined
    return line === undefined ? { client } : { client, line }
  }

/** A token beside its line's client: not revoked itself, and that client still sound. */
async function standsByItself(
  ports: StandingPorts,
  tenant: TenantId,
  { jti }: StandingToken,
  line: StandingLine | undefined,
): Promise<boolean> {
  if (await ports.revokedTokens.has(tenant, jti)) return false
  if (line === undefined) return true
  const { client: id, openedAt } = line.family
  const origin = await ports.clients.find(tenant, id)
  return origin !== undefined && isClientValid(origin, openedAt)
}

/** Reads the user, the line and, unless the line outlives it, the session; `undefined` unless all are sound. */
export const standingLine =
  (ports: LinePorts) =>
  async (
    tenant: TenantId,
    { user: id, family: familyId }: TokenLine,
    now: EpochSeconds,
  ): Promise<StandingLine | undefined> => {
    const [user, family] = await Promise.all([
      ports.users.find(tenant, id),
      ports.refreshFamilies.find({ tenant, user: id, id: familyId }),
    ])
    if (user === undefined || family === undefined) return undefined
    if (family.revokedAt !== undefined) return undefined
    const session = family.offline ? undefined : await ports.sessions.find(family)
    return lostGround(family, { user, session }, now) === undefined ? { user, family } : undefined
  }

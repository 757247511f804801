import type { Activity } from '#shared/audit/event.ts'
import {
  type FamilyId,
  type Generation,
  type SessionId,
  trusted,
  type UserId,
} from '#shared/kernel/ids.ts'
import type { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { type EpochSeconds, epochSeconds, plus } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import { clockSkew } from '../client/clock-skew.ts'
import type { IssuedAccessToken } from '../token/access-token.ts'
import type { Actor } from '../token/actor.ts'
import type { RefreshFamily } from '../token/refresh-family.ts'
import type { GrantContext } from './grant-context.ts'
import { type AccessTokenPorts, issueAccessToken } from './issue-access-token.ts'
import { subjectFor } from './subjects.ts'
import { writeFamily } from './write-family.ts'

export type ExternalLinePorts = AccessTokenPorts & {
  readonly refreshFamilies: Pick<RefreshFamilies, 'open'>
}

/** What a token that says who a user is entitles to. */
export interface Entitlement {
  readonly user: UserId
  /** The session that the line ends with; a user who has signed in elsewhere has none. */
  readonly sid?: SessionId
  /** Since when the user must not have been locked out. */
  readonly since: EpochSeconds
  readonly scopes: readonly string[]
  readonly resources: readonly string[]
  readonly actor?: Actor
  readonly notAfter?: EpochSeconds
}

/** How a line of tokens begins with it. */
export interface Beginning {
  readonly id: FamilyId
  readonly activity: Activity
  /** The marker of the use lives as long. */
  readonly expiresAt: EpochSeconds
  /** The refusal of a second use. */
  replayed(): ProtocolError
}

/**
 * Begins a line of tokens with what somebody else says of a user: signed first, then one conditional write.
 *
 * There is no refresh token: whoever vouches for the user is to be asked again.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7521#section-4.1
 * @throws ProtocolError `invalid_target`, or what `replayed` makes
 */
export const openExternalLine =
  (ports: ExternalLinePorts) =>
  async (
    context: GrantContext,
    entitlement: Entitlement,
    beginning: Beginning,
  ): Promise<IssuedAccessToken> => {
    const { tenant, client } = context
    const { user } = entitlement
    const line = { user, id: beginning.id }
    const issued = await issueAccessToken(ports)(context, {
      subject: await subjectFor(ports)(tenant, client, user),
      scopes: entitlement.scopes,
      resources: entitlement.resources,
      family: line,
      ...withoutAbsent({ actor: entitlement.actor, notAfter: entitlement.notAfter }),
    })
    const family = familyOf(context, entitlement, beginning, issued)
    if (await writeFamily(ports, context, family, beginning.activity)) return issued
    throw beginning.replayed()
  }

const familyOf = (
  { tenant, client, now, confirmation }: GrantContext,
  { user, sid, since, resources }: Entitlement,
  { id, expiresAt }: Beginning,
  issued: IssuedAccessToken,
): RefreshFamily => ({
  tenant: tenant.id,
  user,
  id,
  client: client.id,
  scopes: issued.scopes,
  sid: sid ?? trusted<SessionId>(id),
  authTime: since,
  amr: [],
  offline: sid === undefined,
  generation: trusted<Generation>(0),
  openedAt: now,
  expiresAt: epochSeconds(Math.max(issued.expiresAt, plus(expiresAt, clockSkew))),
  resources,
  ...withoutAbsent({ confirmation }),
})

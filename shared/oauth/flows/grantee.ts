import type { SessionId, UserId } from '#shared/kernel/ids.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import { invalidGrant } from '../errors.ts'
import { type GrantTimes, lostGround } from '../standing.ts'
import type { GrantContext } from './grant-context.ts'

/** Whom and what a grant rests on. */
export interface Grantee extends GrantTimes {
  readonly user: UserId
  readonly sid: SessionId
}

const revoked = {
  client: 'the grants of this client have been revoked',
  user: 'the grants of this user have been revoked',
  session: 'the session has ended',
} as const

/**
 * Refuses a grant whose client, user or session no longer counts; read strongly consistently.
 *
 * @throws ProtocolError `invalid_grant`
 */
export const verifyGrantee =
  (ports: { readonly users: Users; readonly sessions: Sessions }) =>
  async (
    { tenant, client, now }: Pick<GrantContext, 'tenant' | 'client' | 'now'>,
    grantee: Grantee,
  ): Promise<void> => {
    const { user: id, sid } = grantee
    const [user, session] = await Promise.all([
      ports.users.find(tenant.id, id),
      grantee.offline ? undefined : ports.sessions.find({ tenant: tenant.id, user: id, sid }),
    ])
    const lost = lostGround(grantee, { client, user, session }, now)
    if (lost !== undefined) throw invalidGrant(`oauth/grantee/${lost}`, revoked[lost])
  }

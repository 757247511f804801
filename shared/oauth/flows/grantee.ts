import type { SessionId, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import { invalidGrant } from '../errors.ts'
import { isClientValid, lostGround } from '../token/standing.ts'
import type { GrantContext } from './grant-context.ts'

/** Whom and what a grant rests on. */
export interface Grantee {
  readonly user: UserId
  readonly sid: SessionId
  readonly authTime: EpochSeconds
  readonly issuedAt: EpochSeconds
  /** True when the grant outlives its session. */
  readonly offline: boolean
}

const lost = {
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
    if (!isClientValid(client, grantee.issuedAt)) {
      throw invalidGrant('oauth/grantee/client', 'the grants of this client have been revoked')
    }
    const ground = lostGround(grantee, { user, session }, now)
    if (ground !== undefined) throw invalidGrant(`oauth/grantee/${ground}`, lost[ground])
  }

import type { User } from '#shared/directory/user.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import { isLive } from '../live.ts'

interface RevocationPorts {
  readonly sessions: Pick<Sessions, 'ofUser' | 'end'>
  readonly clock: Clock
  readonly random: Random
}

/**
 * Ends the sessions that a user's `validAfter` has made worthless, so that their end is seen.
 *
 * They are refused from the moment of that change on; this only says so to those who follow sessions.
 */
export const revokeSessions =
  ({ sessions, clock, random }: RevocationPorts) =>
  async ({ tenant, id: user, validAfter }: Pick<User, 'tenant' | 'id' | 'validAfter'>) => {
    const now = clock.now()
    const stored = await sessions.ofUser(tenant, user)
    const lost = stored.filter((session) => isLive(session, now) && session.authTime < validAfter)
    const end = (session: (typeof lost)[number]): Promise<void> =>
      sessions.end(session, now, {
        id: random.id(),
        time: now,
        activity: 'session-revoked',
        user,
      })
    await Promise.all(lost.map(end))
  }

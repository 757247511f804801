import type { User } from '#shared/directory/user.ts'
import type { Region } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { isLive, isUserValid } from '../live.ts'
import type { Session } from '../session.ts'
import { parseSessionCookie } from '../session-cookie.ts'

export interface SignedIn {
  readonly session: Session
  readonly user: User
}

/**
 * Answers who is signed in, or `undefined` when the cookie, the session or the user does not count.
 *
 * Both reads are strongly consistent, so that an ended session and a disabled user count at once.
 *
 * @param cookie value of the session cookie, unverified
 */
export const currentSession =
  (ports: { readonly sessions: Sessions; readonly users: Users; readonly region: Region }) =>
  async (
    tenant: Tenant,
    cookie: string | undefined,
    now: EpochSeconds,
  ): Promise<SignedIn | undefined> => {
    const handle = parseSessionCookie(ports.region, cookie)
    if (handle === undefined) return undefined
    const [session, user] = await Promise.all([
      ports.sessions.find({ tenant: tenant.id, ...handle }),
      ports.users.find(tenant.id, handle.user),
    ])
    if (session === undefined || user === undefined) return undefined
    const counts = isLive(session, now) && isUserValid(user, session.authTime)
    return counts ? { session, user } : undefined
  }

import type { User } from '#shared/directory/user.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { isUserValid } from '../live.ts'
import type { Session } from '../session.ts'
import { parseSessionCookie } from '../session-cookie.ts'
import { presentedSession, type SessionReadingPorts } from './presented-session.ts'

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
  (ports: SessionReadingPorts & { readonly users: Users }) =>
  async (
    tenant: Tenant,
    cookie: string | undefined,
    now: EpochSeconds,
  ): Promise<SignedIn | undefined> => {
    const presented = parseSessionCookie(ports.region, cookie)
    if (presented === undefined) return undefined
    const [session, user] = await Promise.all([
      presentedSession(ports, tenant, presented, now),
      ports.users.find(tenant.id, presented.user),
    ])
    if (session === undefined || user === undefined) return undefined
    return isUserValid(user, session.authTime) ? { session, user } : undefined
  }

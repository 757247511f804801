import { type AttemptId, type SessionId, trusted, type UserId } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Session } from '../session.ts'
import { sessionCookieValue, sessionHash } from '../session-cookie.ts'
import { currentSession } from './current-session.ts'
import type { SessionReadingPorts } from './presented-session.ts'

export type SessionPorts = SessionReadingPorts & { readonly users: Users; readonly random: Random }

/** How the user has authenticated, and from where. */
export interface Authentication {
  readonly user: UserId
  /** RFC 8176 words. */
  readonly amr: readonly string[]
  readonly address: string
  /** The session cookie that the browser brought along, unverified. */
  readonly cookie: string | undefined
}

/**
 * Signs a browser in and answers its new cookie; the one it brought along is worth nothing afterwards.
 *
 * The same user keeps the session under a new secret, so that what clients hold of it stays valid;
 * the session of another user is ended.
 *
 * @spec https://pages.nist.gov/800-63-4/sp800-63b.html#sessionbindings
 */
export const openSession =
  (ports: SessionPorts) =>
  async (tenant: Tenant, authentication: Authentication, now: EpochSeconds): Promise<Secret> => {
    const { user } = authentication
    const present = (await currentSession(ports)(tenant, authentication.cookie, now))?.session
    const secret = new Secret(ports.random.token())
    const fresh = newSession(ports, tenant, authentication, secret, now)
    const isSameUser = present?.user === user
    if (present !== undefined && !isSameUser) await endSession(ports, present, authentication, now)
    const sid =
      present !== undefined && isSameUser
        ? await renewOrOpen(ports, present, fresh, authentication, now)
        : await open(ports, fresh, authentication, now)
    return sessionCookieValue(ports.region, { user, sid, secret })
  }

const newSession = (
  ports: SessionPorts,
  tenant: Tenant,
  { user, amr }: Authentication,
  secret: Secret,
  now: EpochSeconds,
): Session => ({
  tenant: tenant.id,
  user,
  sid: trusted<SessionId>(ports.random.id()),
  secretHash: sessionHash(secret),
  authTime: now,
  amr,
  expiresAt: plus(now, tenant.settings.sessionLifetime),
})

const eventOf = (
  ports: SessionPorts,
  activity: 'sign-in' | 'sign-out',
  user: UserId,
  address: string,
  now: EpochSeconds,
) => ({ id: ports.random.id(), time: now, activity, user, address })

async function open(
  ports: SessionPorts,
  session: Session,
  { user, address }: Authentication,
  now: EpochSeconds,
): Promise<SessionId> {
  const attempt = trusted<AttemptId>(ports.random.id())
  await ports.sessions.open(session, attempt, eventOf(ports, 'sign-in', user, address, now))
  return session.sid
}

/** A session that ends at this very moment is not brought back to life: a new one is opened. */
async function renewOrOpen(
  ports: SessionPorts,
  present: Session,
  fresh: Session,
  authentication: Authentication,
  now: EpochSeconds,
): Promise<SessionId> {
  const { user, address } = authentication
  const renewed = { ...fresh, sid: present.sid }
  const attempt = trusted<AttemptId>(ports.random.id())
  const event = eventOf(ports, 'sign-in', user, address, now)
  const outcome = await ports.sessions.renew(renewed, present.secretHash, attempt, event)
  return outcome === 'renewed' ? present.sid : open(ports, fresh, authentication, now)
}

const endSession = (
  ports: SessionPorts,
  present: Session,
  { address }: Authentication,
  now: EpochSeconds,
): Promise<void> =>
  ports.sessions.end(present, now, eventOf(ports, 'sign-out', present.user, address, now))

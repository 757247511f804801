import { type AttemptId, type Region, trusted, type UserId } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { sessionCookieValue, sessionHash } from '../session-cookie.ts'

export interface SessionPorts {
  readonly sessions: Sessions
  readonly random: Random
  readonly region: Region
}

/** How the user has authenticated, and from where. */
export interface Authentication {
  readonly user: UserId
  /** RFC 8176 words. */
  readonly amr: readonly string[]
  readonly address: string
}

/**
 * Opens a session under a new id, never one that the browser brought along, and answers its cookie.
 *
 * @spec https://pages.nist.gov/800-63-4/sp800-63b.html#sessionbindings
 */
export const openSession =
  (ports: SessionPorts) =>
  async (
    tenant: Tenant,
    authentication: Authentication,
    now: EpochSeconds,
  ): Promise<{ readonly cookie: Secret }> => {
    const id = new Secret(ports.random.token())
    const { user, amr, address } = authentication
    const session = {
      tenant: tenant.id,
      user,
      hash: sessionHash(id),
      sid: ports.random.id(),
      authTime: now,
      amr,
      expiresAt: plus(now, tenant.settings.sessionLifetime),
    }
    const event = { id: ports.random.id(), time: now, activity: 'sign-in', user, address } as const
    await ports.sessions.open(session, trusted<AttemptId>(ports.random.id()), event)
    return { cookie: new Secret(sessionCookieValue(ports.region, user, id)) }
  }

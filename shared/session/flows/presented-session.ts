import { equalInConstantTime } from '#shared/kernel/digest.ts'
import type { Region } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { isLive } from '../live.ts'
import type { Session } from '../session.ts'
import { type SessionCookie, sessionHash } from '../session-cookie.ts'

export interface SessionReadingPorts {
  readonly sessions: Sessions
  readonly region: Region
}

/** Answers the live session of a cookie, or `undefined` when it is over or the secret is not its newest. */
export async function presentedSession(
  ports: SessionReadingPorts,
  tenant: Tenant,
  cookie: SessionCookie,
  now: EpochSeconds,
): Promise<Session | undefined> {
  const { user, sid, secret } = cookie
  const session = await ports.sessions.find({ tenant: tenant.id, user, sid })
  if (session === undefined || !isLive(session, now)) return undefined
  return equalInConstantTime(session.secretHash, sessionHash(secret)) ? session : undefined
}

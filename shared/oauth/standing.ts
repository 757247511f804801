import type { User } from '#shared/directory/user.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { isLive, isUserValid } from '#shared/session/live.ts'
import type { Session } from '#shared/session/session.ts'
import type { Client } from './client.ts'

/** When a grant came about. */
export interface GrantTimes {
  readonly authTime: EpochSeconds
  readonly issuedAt: EpochSeconds
  /** True when the grant outlives its session. */
  readonly offline: boolean
}

/** What a grant rests on, as it is now; `undefined` for what is gone. */
export interface Ground {
  readonly client: Client | undefined
  readonly user: User | undefined
  readonly session: Session | undefined
}

/** True when what was issued to the client at `since` is not older than its `validAfter`. */
export const isClientValid = (client: Client, since: EpochSeconds): boolean =>
  since >= client.validAfter

/** Says what a grant rests on no longer, or `undefined` while it stands. */
export function lostGround(
  grant: GrantTimes,
  { client, user, session }: Ground,
  now: EpochSeconds,
): keyof Ground | undefined {
  if (client === undefined || !isClientValid(client, grant.issuedAt)) return 'client'
  if (user === undefined || !isUserValid(user, grant.authTime)) return 'user'
  if (grant.offline || (session !== undefined && isLive(session, now))) return undefined
  return 'session'
}

import type { User } from '#shared/directory/user.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { isLive, isUserValid } from '#shared/session/live.ts'
import type { Session } from '#shared/session/session.ts'
import type { Client } from '../client/client.ts'

/** True when what was issued to the client at `since` is not older than its `validAfter`. */
export const isClientValid = (client: Client, since: EpochSeconds): boolean =>
  since >= client.validAfter

/** What a user's grant rests on, as it is now; `undefined` for what is gone. */
export interface Ground {
  readonly user: User | undefined
  readonly session: Session | undefined
}

/** Says what a grant of a user rests on no longer, or `undefined` while it stands. */
export function lostGround(
  grant: { readonly authTime: EpochSeconds; readonly offline: boolean },
  { user, session }: Ground,
  now: EpochSeconds,
): keyof Ground | undefined {
  if (user === undefined || !isUserValid(user, grant.authTime)) return 'user'
  if (grant.offline || (session !== undefined && isLive(session, now))) return undefined
  return 'session'
}

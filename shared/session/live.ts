import type { User } from '#shared/directory/user.ts'
import { type EpochSeconds, isExpired } from '#shared/kernel/time.ts'
import type { Session } from './session.ts'

/** True while the session has neither ended nor expired. */
export const isLive = (session: Session, now: EpochSeconds): boolean =>
  session.endedAt === undefined && !isExpired(session.expiresAt, now)

/** True when the user may act, and what was begun at `since` is not older than the user's `validAfter`. */
export const isUserValid = (user: User, since: EpochSeconds): boolean =>
  user.attributes.active && since >= user.validAfter

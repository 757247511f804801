import { sha256Base64url } from '#shared/kernel/digest.ts'
import { withoutRegion, withRegion } from '#shared/kernel/home-region.ts'
import {
  type Region,
  type SessionHash,
  type SessionId,
  trusted,
  type UserId,
} from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'

export const sessionCookieName = '__Secure-sallyport-session'

/** Proves that a later request comes from the browser that began; holds no identity. */
export const browserCookieName = '__Secure-sallyport-browser'

/** What a session cookie says: where the session is, and the secret that proves it is this browser's. */
export interface SessionCookie {
  readonly user: UserId
  readonly sid: SessionId
  readonly secret: Secret
}

const cookieValue = /^([A-Za-z0-9_-]{22,43})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/

/** Region, user and session id find the session without an index; 256 random bits prove it. */
export const sessionCookieValue = (region: Region, { user, sid, secret }: SessionCookie): Secret =>
  new Secret(withRegion(region, `${user}.${sid}.${secret.reveal()}`))

export const sessionHash = (secret: Secret): SessionHash =>
  trusted<SessionHash>(sha256Base64url(secret.reveal()))

/** Reads a session cookie, or answers `undefined` for anything malformed. @param presented unverified */
export function parseSessionCookie(
  region: Region,
  presented: string | undefined,
): SessionCookie | undefined {
  const local = presented === undefined ? undefined : withoutRegion(region, presented)
  const [, user, sid, secret] = local?.match(cookieValue) ?? []
  if (user === undefined || sid === undefined || secret === undefined) return undefined
  return {
    user: trusted<UserId>(user),
    sid: trusted<SessionId>(sid),
    secret: new Secret(secret),
  }
}

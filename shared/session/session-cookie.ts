import { sha256Base64url } from '#shared/kernel/digest.ts'
import { withoutRegion, withRegion } from '#shared/kernel/home-region.ts'
import { type Region, type SessionHash, trusted, type UserId } from '#shared/kernel/ids.ts'
import type { Secret } from '#shared/kernel/secret.ts'

export const sessionCookieName = '__Secure-sallyport-session'

/** Proves that a later request comes from the browser that began; holds no identity. */
export const browserCookieName = '__Secure-sallyport-browser'

const cookieValue = /^([A-Za-z0-9_-]{22,43})\.([A-Za-z0-9_-]{43})$/

/** The cookie names Region and user, to find the session without an index, and holds 256 random bits. */
export const sessionCookieValue = (region: Region, user: UserId, id: Secret): string =>
  withRegion(region, `${user}.${id.reveal()}`)

export const sessionHash = (id: Secret): SessionHash =>
  trusted<SessionHash>(sha256Base64url(id.reveal()))

/** Reads a session cookie, or answers `undefined` for anything malformed. @param presented unverified */
export function parseSessionCookie(
  region: Region,
  presented: string | undefined,
): { readonly user: UserId; readonly hash: SessionHash } | undefined {
  const local = presented === undefined ? undefined : withoutRegion(region, presented)
  const [, user, id] = local?.match(cookieValue) ?? []
  if (user === undefined || id === undefined) return undefined
  return { user: trusted<UserId>(user), hash: trusted<SessionHash>(sha256Base64url(id)) }
}

import { sha256Base64url } from '#shared/kernel/digest.ts'
import type { SessionHash } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { sessionHash } from './session-cookie.ts'

/**
 * Keeps what scripts of our own page may read: whether the browser is still signed in as it was.
 *
 * @spec https://openid.net/specs/openid-connect-session-1_0.html#OPiframe
 */
export const browserStateCookieName = '__Secure-sallyport-state'

/** Changes with every sign-in, proves nothing, and tells nothing of the session that it follows from. */
export const browserState = (hash: SessionHash): string => sha256Base64url(`browser state ${hash}`)

/** The state that goes with a session cookie. @param cookie value of one that we have just made */
export const browserStateOf = (cookie: Secret): string =>
  browserState(sessionHash(new Secret(cookie.reveal().replace(/^.*\./, ''))))

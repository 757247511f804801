import { isWebUri, problemOfUri, problemOfWebUri } from './web-uri.ts'

export type ApplicationType = 'web' | 'native'

/** A scheme that an app may call its own: a domain name in reverse, so it holds a dot. */
const privateUseScheme = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:/

/**
 * Says what forbids registering a `redirect_uri`, or `undefined` for a good one.
 *
 * `javascript:`, `data:` and their like are no private-use schemes: they have no dot. A native app
 * may also claim an `https` URI, which RFC 8252 prefers to a scheme that any other app can take too.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2 absolute, without a fragment
 * @spec https://www.rfc-editor.org/rfc/rfc8252#section-7 private-use schemes, claimed https, loopback
 * @param uri unverified
 */
export function problemOfRedirectUri(uri: string, type: ApplicationType): string | undefined {
  const problem = problemOfUri(uri)
  if (problem !== undefined) return problem
  if (isWebUri(uri)) return problemOfWebUri(uri)
  if (type === 'web') return 'must be https, or http on a loopback host, for a web client'
  if (privateUseScheme.test(uri)) return undefined
  return 'must be https, http on a loopback host, or a private-use scheme with a dot'
}

/**
 * True for what a web client may register that gets tokens from the authorization endpoint.
 *
 * @spec https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata https, and not on localhost
 */
export const takesTokensOnTheWeb = (uri: string): boolean =>
  /^https:/i.test(uri) && URL.parse(uri)?.hostname !== 'localhost'

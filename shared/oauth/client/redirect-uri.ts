import { sha256Base64url } from '#shared/kernel/digest.ts'
import { invalidRequest } from '../errors.ts'
import type { Client } from './client.ts'

const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d{1,5})?(?=[/?]|$)/

/** Removes the port of a loopback URI, which a native app learns only when it starts. */
const withoutLoopbackPort = (uri: string): string => uri.replace(loopback, 'http://$1')

/**
 * Answers the `redirect_uri` to use, refusing any that is not byte-for-byte one of the client's.
 *
 * No normalisation on purpose: prefix and host matching are how open redirectors are built.
 * Loopback redirects of native apps ignore the port, the one exception; one that was registered by
 * the name `localhost` may be used by that name, since many agents know no other. The parameter is
 * required, as OpenID Connect says, however few URIs the client has.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2.3
 * @spec https://www.rfc-editor.org/rfc/rfc8252#section-7.3 loopback port
 * @spec https://www.rfc-editor.org/rfc/rfc8252#section-8.3 localhost is not recommended, nor refused
 * @param presented unverified
 * @throws ProtocolError `invalid_request`, never redirected
 */
export function verifyRedirectUri(client: Client, presented: string | undefined): string {
  if (presented === undefined) {
    throw invalidRequest('oauth/redirect-uri/missing', 'redirect_uri is missing')
  }
  if (client.redirectUris.includes(presented)) return presented
  const portless = withoutLoopbackPort(presented)
  const isOwnLoopback =
    client.applicationType === 'native' &&
    loopback.test(presented) &&
    URL.canParse(presented) &&
    client.redirectUris.some((uri) => loopback.test(uri) && withoutLoopbackPort(uri) === portless)
  if (isOwnLoopback) return presented
  throw invalidRequest(
    'oauth/redirect-uri/unregistered',
    'redirect_uri is not one of those registered for this client',
  )
}

/** What a sealed code keeps of the redirect URI: a fixed length, however long the URI. */
export const redirectUriHash = (uri: string): string => sha256Base64url(uri)

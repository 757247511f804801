const uriCharacters = /^(?:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+$/

const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

const hostName =
  /^(?:\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)$/

export const uriMaxLength = 2048

/**
 * Says what keeps the text from being an absolute URI without a fragment, or `undefined`.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3986#section-4.3
 * @param uri unverified
 */
export function problemOfUri(uri: string): string | undefined {
  if (uri.length > uriMaxLength) return `must have at most ${uriMaxLength} characters`
  if (uri.includes('#')) return 'must not have a fragment'
  if (!uriCharacters.test(uri)) return 'must hold only the characters of a URI'
  if (!URL.canParse(uri)) return 'must be an absolute URI'
  return undefined
}

/** True for the two schemes of the web, whatever else is wrong with the URI. */
export const isWebUri = (uri: string): boolean => /^https?:/i.test(uri)

/**
 * Says what forbids showing the URI as a link or redirecting to it on the web, or `undefined`.
 *
 * A URI that a browser would spell differently is refused, so that comparing texts is comparing URIs.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-2.6 http only on loopback hosts
 * @param uri unverified
 */
export function problemOfWebUri(uri: string): string | undefined {
  const problem = problemOfUri(uri)
  if (problem !== undefined) return problem
  if (!isWebUri(uri)) return 'must be https, or http on a loopback host'
  const { origin, hostname, username, password, protocol } = new URL(uri)
  if (username !== '' || password !== '') return 'must not carry a user name or a password'
  if (!hostName.test(hostname)) return 'must name one host, without a wildcard'
  if (!uri.startsWith(origin)) return `must be written in its normal form, ${origin}/...`
  if (protocol === 'http:' && !loopbackHosts.has(hostname)) {
    return 'must be https unless the host is localhost, 127.0.0.1 or [::1]'
  }
  return undefined
}

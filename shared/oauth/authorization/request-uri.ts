/** @spec https://www.rfc-editor.org/rfc/rfc9126#section-2.2 */
const prefix = 'urn:ietf:params:oauth:request_uri:'

/** The address under which a pushed request is known from then on. */
export const pushedRequestUri = (reference: string): string => `${prefix}${reference}`

/**
 * The reference to a pushed request, `undefined` for the address of anything else.
 *
 * @param requestUri unverified
 */
export const pushedReference = (requestUri: string): string | undefined =>
  requestUri.startsWith(prefix) ? requestUri.slice(prefix.length) : undefined

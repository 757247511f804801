/**
 * Adds parameters to a URI behind those that it has; its own bytes stay as they are.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2
 * @param uri without a fragment
 */
export const withQuery = (uri: string, parameters: Readonly<Record<string, string>>): string =>
  `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}`

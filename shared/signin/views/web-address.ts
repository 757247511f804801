/** An absolute `http` or `https` URL, or a path below our own host; `//host` and `/\host` are neither. */
const webAddress = /^(?:https?:\/\/|\/(?![/\\]))/i

/**
 * Tells whether a text may stand where the browser follows it.
 *
 * An allow-list from the very first character: browsers skip spaces and control characters before a
 * scheme and line breaks inside it, so a search for `javascript:` would not find it.
 *
 * @param text unverified
 */
export const isWebAddress = (text: string): boolean => webAddress.test(text)

/** The host of an absolute web address, an international name in its ASCII form; `undefined` for all else. */
export function hostOf(text: string): string | undefined {
  const host = isWebAddress(text) ? URL.parse(text)?.host : undefined
  return host === '' ? undefined : host
}

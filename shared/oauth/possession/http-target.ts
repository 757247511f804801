/** Characters that mean the same whether they are percent-encoded or not. */
const unreserved = /^[A-Za-z0-9._~-]$/

/**
 * Writes a URL in the one way in which equivalent ones read alike, without query and fragment.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2
 * @spec https://www.rfc-editor.org/rfc/rfc3986#section-6.2.3
 * @returns `undefined` for what is no URL
 */
function normalizedTarget(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, username, password, host, pathname } = new URL(text)
  if (username !== '' || password !== '') return undefined
  const path = pathname.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
    return unreserved.test(character) ? character : encoded.toUpperCase()
  })
  return `${protocol}//${host}${path}`
}

/**
 * True when both name the same target of a request, query and fragment ignored.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-4.3
 * @param presented unverified
 */
export function isSameHttpTarget(presented: string, expected: string): boolean {
  const target = normalizedTarget(presented)
  return target !== undefined && target === normalizedTarget(expected)
}

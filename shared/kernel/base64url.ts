/** Base64url without padding, the form JOSE and OAuth use. */
export const encodeBase64url = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64url')

/**
 * Decodes base64url, or answers `undefined` when the text is not its one canonical form.
 *
 * Two spellings of the same bytes would let one single-use value be presented twice.
 */
export function decodeBase64url(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

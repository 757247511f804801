import { createHash, timingSafeEqual } from 'node:crypto'

/** SHA-256 of the UTF-8 text, in base64url. */
export const sha256Base64url = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('base64url')

/** Compares two texts in a time that depends on neither's content. */
export function equalInConstantTime(left: string, right: string): boolean {
  const digestOf = (text: string) => createHash('sha256').update(text, 'utf8').digest()
  return timingSafeEqual(digestOf(left), digestOf(right))
}

import { type JsonObject, jsonObjectOf } from './json-object.ts'
import { isCompactJws } from './jws.ts'

/** What a JWT says before its signature is verified. */
export interface UnverifiedJwt {
  readonly header: JsonObject
  readonly claims: JsonObject
}

/** Longer than any JWT that a client sends in a header. */
const maximalLength = 8192

/**
 * Reads a JWT in compact serialization, or answers `undefined` for anything else.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7519#section-7.2
 * @param text unverified
 */
export function readUnverifiedJwt(text: string): UnverifiedJwt | undefined {
  if (text.length > maximalLength || !isCompactJws(text)) return undefined
  const [header, claims] = text
    .split('.')
    .map((part) => jsonObjectOf(Buffer.from(part, 'base64url')))
  return header && claims && { header, claims }
}

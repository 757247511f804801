import type { JsonObject } from '#shared/kernel/json.ts'
import { jsonObjectOf } from './json-object.ts'
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
  const [header, claims] = [unverifiedHeader(text), unverifiedClaims(text)]
  return header && claims && { header, claims }
}

/** What a JWT of any length says of itself. @param jwt unverified */
export const unverifiedHeader = (jwt: string): JsonObject | undefined => partOf(jwt, 0)

/** What a JWT of any length claims, only to find the keys that it is then verified with. @param jwt unverified */
export const unverifiedClaims = (jwt: string): JsonObject | undefined => partOf(jwt, 1)

/** One claim that is a text, to the same end. @param jwt unverified */
export function unverifiedClaim(jwt: string, name: string): string | undefined {
  const value = unverifiedClaims(jwt)?.[name]
  return typeof value === 'string' ? value : undefined
}

const partOf = (jwt: string, at: number): JsonObject | undefined =>
  jsonObjectOf(Buffer.from(jwt.split('.')[at] ?? '', 'base64url'))

import { isCompactJws } from './jws.ts'

type Members = Readonly<Record<string, unknown>>

/** What a JWT says before its signature is verified. */
export interface UnverifiedJwt {
  readonly header: Members
  readonly claims: Members
}

/** Longer than any JWT that a client sends in a header. */
const maximalLength = 8192

/**
 * Reads a JWT in compact serialization, or answers `undefined` for anything else.
 *
 * Of members that are repeated the last counts, as JSON.parse has it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7519#section-7.2
 * @spec https://www.rfc-editor.org/rfc/rfc8725#section-3.7 nothing but UTF-8
 * @param text unverified
 */
export function readUnverifiedJwt(text: string): UnverifiedJwt | undefined {
  if (text.length > maximalLength || !isCompactJws(text)) return undefined
  const [header, claims] = text.split('.').map(readObject)
  return header && claims && { header, claims }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function readObject(encoded: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(Buffer.from(encoded, 'base64url')))
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** True for an object of JSON. */
export const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

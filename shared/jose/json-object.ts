export type JsonObject = Readonly<Record<string, unknown>>

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads what a part of a JWT holds, or answers `undefined` for anything but an object of JSON.
 *
 * Of members that are repeated the last counts, as JSON.parse has it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7519#section-7.2
 * @spec https://www.rfc-editor.org/rfc/rfc8725#section-3.7 nothing but UTF-8
 * @param bytes unverified
 */
export function jsonObjectOf(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes))
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** True for an object of JSON. */
export const isRecord = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

import { isRecord, type JsonObject, parseJson } from '#shared/kernel/json.ts'

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
  const text = textOf(bytes)
  const value = text === undefined ? undefined : parseJson(text)
  return isRecord(value) ? value : undefined
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

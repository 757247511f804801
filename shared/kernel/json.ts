/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>

/** True for an object of JSON, which neither a list nor `null` is. */
export const isRecord = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads a text as JSON, or answers `undefined` for what is none. @param text unverified */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

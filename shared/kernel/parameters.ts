/** The parameters of one request: each name once, an empty value counted as absent. */
export type Parameters = ReadonlyMap<string, string>

/**
 * Reads a query or form into parameters, and answers the names that were sent twice.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-3.1
 */
export function readParameters(sent: URLSearchParams): {
  readonly parameters: Parameters
  readonly repeated: readonly string[]
} {
  const parameters = new Map<string, string>()
  const repeated: string[] = []
  for (const [name, value] of sent) {
    if (value === '') continue
    if (parameters.has(name)) repeated.push(name)
    else parameters.set(name, value)
  }
  return { parameters, repeated }
}

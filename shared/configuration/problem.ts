/** One thing that is wrong with a document, and where. */
export interface Problem {
  /** JSONPath of the place, such as `$.tenants[0].clients[2].redirect_uris[0]`. */
  readonly path: string
  readonly message: string
}

const plainName = /^[A-Za-z_$][A-Za-z0-9_$]*$/

function segment(key: PropertyKey): string {
  if (typeof key === 'number') return `[${key}]`
  const name = String(key)
  return plainName.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}

/** @spec https://www.rfc-editor.org/rfc/rfc9535#section-2.1 */
export const jsonPath = (keys: readonly PropertyKey[]): string => `$${keys.map(segment).join('')}`

export const problemAt = (keys: readonly PropertyKey[], message: string): Problem => ({
  path: jsonPath(keys),
  message,
})

export const renderProblem = ({ path, message }: Problem): string => `${path}: ${message}`

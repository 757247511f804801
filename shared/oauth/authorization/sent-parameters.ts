import { type Parameters, readParameters } from '#shared/kernel/parameters.ts'

/** As sent: the parameters, and the names that were sent twice. */
export interface SentParameters {
  readonly parameters: Parameters
  readonly repeated: readonly string[]
  /** Every `resource`: the one parameter that may be there more than once. */
  readonly resources: readonly string[]
}

/**
 * Reads a request for access, wherever a client makes it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-3.1
 * @spec https://www.rfc-editor.org/rfc/rfc8707#section-2.1
 */
export function readSentParameters(sent: URLSearchParams): SentParameters {
  const { parameters, repeated } = readParameters(sent)
  return {
    parameters,
    repeated: repeated.filter((name) => name !== 'resource'),
    resources: [...new Set(sent.getAll('resource').filter((resource) => resource !== ''))],
  }
}

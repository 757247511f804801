import { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { AuthorizationError } from '../authorization-error.ts'
import type { ResponseTarget } from '../authorization-response.ts'
import { temporarilyUnavailable } from '../errors.ts'

/**
 * Runs `rules`, so that what they refuse, and a store that is too busy, goes back to the client;
 * everything else passes through.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 */
export async function refusingTo<Result>(
  target: ResponseTarget,
  rules: () => Promise<Result>,
): Promise<Result> {
  try {
    return await rules()
  } catch (error) {
    const refusal = refusalOf(error)
    throw refusal === undefined ? error : new AuthorizationError(target, refusal)
  }
}

function refusalOf(error: unknown): ProtocolError | undefined {
  if (error instanceof ProtocolError) return error
  if (!(error instanceof StoreUnavailable)) return undefined
  const rule = `store/unavailable/committed-${error.committed}`
  return temporarilyUnavailable(rule, 'the service is busy, please try again', error)
}

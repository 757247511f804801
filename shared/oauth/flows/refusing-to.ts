import { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { AuthorizationError } from '../authorization/authorization-error.ts'
import { temporarilyUnavailable } from '../errors.ts'
import { type Addressee, answerClient, type ResponsePorts } from './answer-client.ts'

/**
 * Runs `rules`, so that what they refuse, and a store that is too busy, goes back to the client;
 * everything else passes through.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 * @throws AuthorizationError with the answer to the client
 */
export const refusingTo =
  (ports: ResponsePorts) =>
  async <Result>(addressee: Addressee, rules: () => Promise<Result>): Promise<Result> => {
    try {
      return await rules()
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal === undefined) throw error
      const answer = { error: refusal.code, error_description: refusal.message }
      throw new AuthorizationError(await answerClient(ports)(addressee, answer), refusal)
    }
  }

function refusalOf(error: unknown): ProtocolError | undefined {
  if (error instanceof ProtocolError) return error
  if (!(error instanceof StoreUnavailable)) return undefined
  const rule = `store/unavailable/committed-${error.committed}`
  return temporarilyUnavailable(rule, 'the service is busy, please try again', error)
}

import { type FamilyId, trusted } from '#shared/kernel/ids.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { AuthorizationResponse } from '#shared/oauth/authorization/authorization-response.ts'
import { answersWith } from '#shared/oauth/authorization/response-type.ts'
import { answerClient, type ResponsePorts } from '#shared/oauth/flows/answer-client.ts'
import { sessionStateParameters } from '../session-state.ts'
import type { AuthorizedRequest } from './authorized-request.ts'
import type { FrontChannelPorts } from './hand-out-tokens.ts'
import { type CodePorts, issueCode } from './issue-code.ts'

export interface AnswerPorts extends ResponsePorts, CodePorts {
  /** Loaded only for a client that is handed more than a code. */
  readonly frontChannel: () => Promise<FrontChannelPorts>
}

/**
 * Answers a request that the user has authorized.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthResponse
 */
export const answerRequest =
  (ports: AnswerPorts) =>
  async (authorized: AuthorizedRequest): Promise<AuthorizationResponse> => {
    const { tenant, target, request } = authorized
    const { responseType } = request
    const beside = responseType === 'code' ? undefined : trusted<FamilyId>(ports.random.id())
    const code = answersWith(responseType, 'code')
      ? await issueCode(ports)(authorized, beside)
      : undefined
    const tokens = beside && (await handOut(ports, authorized, { family: beside, code }))
    const { redirectUri } = target
    const watched = sessionStateParameters(
      tenant,
      { ...authorized, redirectUri },
      ports.random.id(),
    )
    return answerClient(ports)(authorized, { ...withoutAbsent({ code }), ...tokens, ...watched })
  }

async function handOut(
  ports: AnswerPorts,
  authorized: AuthorizedRequest,
  beside: { readonly family: FamilyId; readonly code: string | undefined },
): Promise<Readonly<Record<string, string>>> {
  const { handOutTokens } = await import('./hand-out-tokens.ts')
  return handOutTokens(await ports.frontChannel())(authorized, beside)
}

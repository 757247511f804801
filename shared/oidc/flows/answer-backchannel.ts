import { type AttemptId, trusted } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { BackchannelRequestId } from '#shared/oauth/polling/backchannel-request.ts'
import type { PolledAnswer } from '#shared/oauth/polling/polled-authorization.ts'
import type { SignedIn } from '#shared/session/flows/current-session.ts'
import { interactionExpired } from '#shared/signin/errors.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { RequestsPageRequest } from '../messages/backchannel-answer.ts'
import { allowedAuthorization } from './allowed-authorization.ts'
import type { RequestsPorts } from './show-requests.ts'

type Answer = Extract<RequestsPageRequest, { kind: 'answer' }>

/**
 * Takes the answer of the person who was asked; a client that wants to be told of it hears of the change.
 *
 * A request is found below its own person only: somebody else who is signed in here finds none.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.8
 * @throws ProtocolError `interaction_expired`
 */
export const answerBackchannel =
  (ports: RequestsPorts) =>
  async (
    tenant: Tenant,
    signedIn: SignedIn,
    { request: id, answer, address }: Answer,
    now: EpochSeconds,
  ): Promise<void> => {
    const user = signedIn.user.id
    const handle = { tenant: tenant.id, user, id: trusted<BackchannelRequestId>(id) }
    const request = await ports.backchannelRequests.find(handle)
    if (request === undefined) throw gone()
    const allowing = { tenant, session: signedIn.session, now }
    const given: PolledAnswer =
      answer === 'allow'
        ? {
            kind: 'allowed',
            authorization: allowedAuthorization(ports, allowing, request, request.acrValues),
          }
        : { kind: 'denied' }
    const answering = await ports.backchannelRequests.answer(
      handle,
      given,
      now,
      trusted<AttemptId>(ports.random.id()),
      {
        id: ports.random.id(),
        time: now,
        activity: answer === 'allow' ? 'backchannel-allowed' : 'backchannel-denied',
        user,
        client: request.client,
        address,
      },
    )
    if (answering === 'gone') throw gone()
  }

const gone = () =>
  interactionExpired('signin/requests/gone', 'the request has expired or was answered before')

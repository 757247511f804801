import { type AttemptId, type FamilyId, trusted } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Authorization } from '#shared/oauth/authorization/authorization.ts'
import type {
  BackchannelRequest,
  BackchannelRequestId,
} from '#shared/oauth/polling/backchannel-request.ts'
import type { PolledAnswer } from '#shared/oauth/polling/polled-authorization.ts'
import type { SignedIn } from '#shared/session/flows/current-session.ts'
import { interactionExpired } from '#shared/signin/errors.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { acrOf } from '../acr.ts'
import type { RequestsPageRequest } from '../messages/backchannel-answer.ts'
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
    const given: PolledAnswer =
      answer === 'allow'
        ? { kind: 'allowed', authorization: authorizationOf(ports, tenant, signedIn, request, now) }
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

function authorizationOf(
  { random }: RequestsPorts,
  tenant: Tenant,
  { session: { user, sid, authTime, amr } }: SignedIn,
  { scopes, acrValues }: BackchannelRequest,
  issuedAt: EpochSeconds,
): Authorization {
  const jti = trusted<FamilyId>(random.id())
  const acr = acrOf(tenant, amr, acrValues)
  return { jti, user, sid, scopes, authTime, amr, issuedAt, ...withoutAbsent({ acr }) }
}

import { withoutRegion } from '#shared/kernel/home-region.ts'
import type { BackchannelRequests } from '#shared/ports/repositories/backchannel-requests.ts'
import { invalidGrant } from '../errors.ts'
import type { GrantRequest } from '../messages/token-request.ts'
import type { TokenResponse } from '../messages/token-response.ts'
import { type BackchannelRequest, sealedAuthReqId } from '../polling/backchannel-request.ts'
import type { GrantContext } from './grant-context.ts'
import type { FamilyPorts } from './open-family.ts'
import { redeemPolled } from './poll-authorization.ts'

export type BackchannelPorts = FamilyPorts & { readonly backchannelRequests: BackchannelRequests }

/**
 * Redeems an `auth_req_id` once the person has said yes.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.10.1
 * @throws ProtocolError as section 11 says
 */
export const redeemBackchannelRequest =
  (ports: BackchannelPorts) =>
  async (
    context: GrantContext,
    { authReqId }: GrantRequest<'urn:openid:params:grant-type:ciba'>,
  ): Promise<TokenResponse> => {
    const request = await requestOf(ports, context, authReqId)
    return redeemPolled(ports)(context, request, {
      activity: 'backchannel-redeemed',
      replay: 'backchannel-replayed',
      recordPoll: (pace, attempt) => ports.backchannelRequests.recordPoll(request, pace, attempt),
    })
  }

/** @param presented unverified */
async function requestOf(
  ports: BackchannelPorts,
  { tenant }: GrantContext,
  presented: string,
): Promise<BackchannelRequest> {
  const sealed = withoutRegion(ports.region, presented)
  const opened = sealed && (await ports.sealer.open('handle', tenant.id, sealed))
  const { user, backchannel: id } = sealedAuthReqId.read(opened) ?? {}
  const request =
    user && id && (await ports.backchannelRequests.find({ tenant: tenant.id, user, id }))
  if (request) return request
  throw invalidGrant('oauth/backchannel/unknown', 'auth_req_id is not one of ours')
}

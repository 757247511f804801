import type { Region } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import type { BackchannelRequest } from '#shared/oauth/polling/backchannel-request.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Random } from '#shared/ports/random.ts'
import type { BackchannelRequests } from '#shared/ports/repositories/backchannel-requests.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { currentSession, type SignedIn } from '#shared/session/flows/current-session.ts'
import type { ConsentDetail } from '#shared/signin/interaction.ts'
import { verifyOrigin } from '#shared/signin/origin.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { consentDetails } from '../consent-details.ts'
import type { RequestsPageRequest } from '../messages/backchannel-answer.ts'
import { answerBackchannel } from './answer-backchannel.ts'
import type { InteractionStart } from './begin-interaction.ts'
import { signInFirst } from './sign-in-first.ts'

/** Path of the page below the tenant. */
const requestsPath = 'signin/requests'

/** More than a person reads; the rest comes up when these are answered. */
const maximalShown = 10

/** A request, and the client that a person is told it comes from. */
export interface WaitingRequest {
  readonly request: BackchannelRequest
  readonly client: Client
  readonly details?: readonly ConsentDetail[]
}

export type RequestsOutcome =
  | ({ readonly kind: 'sign-in' } & InteractionStart)
  | {
      readonly kind: 'list'
      readonly signedIn: SignedIn
      readonly waiting: readonly WaitingRequest[]
    }
  | { readonly kind: 'answered' }

export interface RequestsPorts {
  readonly backchannelRequests: BackchannelRequests
  readonly clients: Clients
  readonly sessions: Sessions
  readonly users: Users
  readonly sealer: Sealer
  readonly clock: Clock
  readonly random: Random
  readonly region: Region
}

/**
 * The page on which a person answers what clients have asked for behind the scenes.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.8
 * @throws ProtocolError shown as a page
 */
export const showRequests =
  (ports: RequestsPorts) =>
  async (tenant: Tenant, request: RequestsPageRequest): Promise<RequestsOutcome> => {
    if (request.kind === 'answer') verifyOrigin(request.origin, tenant.issuer)
    const now = ports.clock.now()
    const signedIn = await currentSession(ports)(tenant, request.session, now)
    if (signedIn === undefined) {
      const page = { path: requestsPath, request: '', browser: request.browser }
      return { kind: 'sign-in', ...(await signInFirst(ports)(tenant, page, now)) }
    }
    if (request.kind === 'answer') {
      await answerBackchannel(ports)(tenant, signedIn, request, now)
      return { kind: 'answered' }
    }
    return { kind: 'list', signedIn, waiting: await waitingFor(ports, tenant, signedIn, now) }
  }

async function waitingFor(
  ports: RequestsPorts,
  tenant: Tenant,
  { user }: SignedIn,
  now: EpochSeconds,
): Promise<readonly WaitingRequest[]> {
  const pending = await ports.backchannelRequests.pending(tenant.id, user.id, now)
  const shown = pending.slice(0, maximalShown).map(async (request) => {
    const client = await ports.clients.find(tenant.id, request.client)
    if (client === undefined) return []
    const details = consentDetails(tenant, request.authorizationDetails)
    return [{ request, client, ...withoutAbsent({ details }) }]
  })
  return (await Promise.all(shown)).flat()
}

import type { ClientId, Region, SessionHash, UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { AuthorizationResponse, ResponseTarget } from '#shared/oauth/authorization-response.ts'
import type { Client } from '#shared/oauth/client.ts'
import { clientId } from '#shared/oauth/client-id.ts'
import { accessDenied, invalidRequest } from '#shared/oauth/errors.ts'
import { refusingTo } from '#shared/oauth/flows/refusing-to.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Consents } from '#shared/ports/repositories/consents.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { TokenVerifier } from '#shared/ports/token-verifier.ts'
import { currentSession } from '#shared/session/flows/current-session.ts'
import type { Session } from '#shared/session/session.ts'
import type { Requirements } from '#shared/signin/interaction.ts'
import { nextStep, type Step } from '#shared/signin/next-step.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { consentRequired, loginRequired } from '../errors.ts'
import { readIdTokenHint } from '../id-token-hint.ts'
import type { AuthorizationInput } from '../messages/authorization-input.ts'
import {
  type AuthorizationRequest,
  parseAuthorizationRequest,
  parseResponseTarget,
  type SentAuthorizationRequest,
} from '../messages/authorization-request.ts'
import { requirementsOf } from '../requirements.ts'
import { answerRequest } from './answer-request.ts'
import { beginInteraction, type InteractionStart } from './begin-interaction.ts'
import { type PendingRequest, pendingRequest } from './pending-request.ts'

export type AuthorizationOutcome =
  | { readonly kind: 'answer'; readonly response: AuthorizationResponse }
  | ({ readonly kind: 'interact' } & InteractionStart)

export interface AuthorizationPorts {
  readonly clients: Clients
  readonly users: Users
  readonly sessions: Sessions
  readonly consents: Consents
  readonly idTokens: TokenVerifier
  readonly sealer: Sealer
  readonly clock: Clock
  readonly random: Random
  readonly region: Region
}

/** One request, with everything about it that has been verified so far. */
interface Authorization {
  readonly tenant: Tenant
  readonly client: Client
  readonly target: ResponseTarget
  readonly pending: PendingRequest
  readonly input: AuthorizationInput
  readonly now: EpochSeconds
}

/**
 * The authorization endpoint: answers the client, or sends the person to the next page first.
 *
 * Refusals before the redirect URI is verified are shown to the person; all later ones go to the client.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthorizationEndpoint
 * @throws ProtocolError shown as a page
 * @throws AuthorizationError returned to the client
 */
export const authorize =
  (ports: AuthorizationPorts) =>
  async (tenant: Tenant, input: AuthorizationInput): Promise<AuthorizationOutcome> => {
    if (input.kind === 'posted') return askAgainWithGet(tenant, input.request)
    const now = ports.clock.now()
    const pending = await pendingRequest(ports.sealer, tenant, input, now)
    const client = await requestingClient(ports, tenant, pending.sent)
    const target = parseResponseTarget(pending.sent, client, tenant.issuer)
    return refusingTo(target, () => decide(ports, { tenant, client, target, pending, input, now }))
  }

/**
 * Turns a posted request into the same one with GET.
 *
 * A POST from another site arrives without the session cookie, which `SameSite=Lax` withholds; the
 * GET that follows brings it along.
 */
const askAgainWithGet = (tenant: Tenant, request: string): AuthorizationOutcome => ({
  kind: 'answer',
  response: { kind: 'redirect', location: `${tenant.issuer}/oauth2/authorize?${request}` },
})

async function requestingClient(
  ports: AuthorizationPorts,
  tenant: Tenant,
  sent: SentAuthorizationRequest,
): Promise<Client> {
  const presented = sent.parameters.get('client_id')
  if (presented === undefined || sent.repeated.includes('client_id')) {
    throw invalidRequest('oauth/authorize/client-id', 'client_id must be given once')
  }
  const id: ClientId | undefined = clientId(presented)
  const client = id === undefined ? undefined : await ports.clients.find(tenant.id, id)
  if (client !== undefined) return client
  throw invalidRequest('oauth/authorize/unknown-client', 'client_id is not registered here')
}

async function decide(
  ports: AuthorizationPorts,
  authorization: Authorization,
): Promise<AuthorizationOutcome> {
  const { tenant, client, target, pending, now } = authorization
  if (pending.resumed?.outcome === 'denied') {
    throw accessDenied('oauth/authorize/denied', 'the user did not allow the request')
  }
  const request = parseAuthorizationRequest(pending.sent, client, target)
  const signedIn = await currentSession(ports)(tenant, authorization.input.session, now)
  const session = signedIn?.session
  const requirements =
    pending.resumed?.requirements ??
    requirementsOf(request, client, {
      subject: await hintedSubject(ports, tenant, request),
      session,
      now,
    })
  const consent =
    signedIn && requirements.consent
      ? await ports.consents.find(tenant.id, signedIn.user.id, client.id)
      : undefined
  const step = nextStep(requirements, { session, consent, allowedBy: allowedBy(pending) })
  if (step === 'return' && session !== undefined) {
    const scopes = consentedScopes(request, requirements)
    const authorized = { client, target, request, scopes, session }
    return { kind: 'answer', response: await answerRequest(ports)(tenant, authorized, now) }
  }
  refuseInteraction(request, authorization, step, requirements, session)
  const start = await beginInteraction(ports)({
    ...authorization,
    request,
    requirements,
    step,
    session,
  })
  return { kind: 'interact', ...start }
}

/** What the client may have today, and of that what the person was asked for. */
const consentedScopes = (
  { scopes }: AuthorizationRequest,
  { consent }: Requirements,
): readonly string[] =>
  consent === undefined ? scopes : scopes.filter((scope) => consent.scopes.includes(scope))

const allowedBy = ({ resumed }: PendingRequest): SessionHash | undefined =>
  resumed?.outcome === 'allowed' ? resumed.session : undefined

/** @throws ProtocolError `invalid_request` when the hint was not issued here */
async function hintedSubject(
  ports: AuthorizationPorts,
  tenant: Tenant,
  request: AuthorizationRequest,
): Promise<UserId | undefined> {
  if (request.idTokenHint === undefined) return undefined
  const hint = readIdTokenHint(await ports.idTokens.verify(tenant, 'JWT', request.idTokenHint))
  if (hint !== undefined) return hint.subject
  throw invalidRequest('oidc/id-token-hint', 'id_token_hint is not an ID token of this issuer')
}

/**
 * Refuses where no page may be shown, or where showing it again cannot help.
 *
 * @throws ProtocolError `login_required` or `consent_required`
 */
function refuseInteraction(
  request: AuthorizationRequest,
  authorization: Authorization,
  step: Step,
  { subject }: Requirements,
  session: Session | undefined,
): void {
  if (request.prompt.has('none')) {
    throw step === 'consent'
      ? consentRequired('oidc/prompt/none-consent', 'consent is required')
      : loginRequired('oidc/prompt/none-login', 'the user must sign in')
  }
  const isOther = subject !== undefined && session !== undefined && session.user !== subject
  if (authorization.pending.resumed !== undefined && isOther) {
    throw loginRequired('oidc/id-token-hint/other-user', 'another user has signed in')
  }
}

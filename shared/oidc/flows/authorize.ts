import type { Region, SessionHash } from '#shared/kernel/ids.ts'
import { ProtocolError } from '#shared/kernel/protocol-error.ts'
import type {
  AuthorizationResponse,
  ResponseTarget,
} from '#shared/oauth/authorization/authorization-response.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { accessDenied } from '#shared/oauth/errors.ts'
import type { Addressee } from '#shared/oauth/flows/answer-client.ts'
import { refusingTo } from '#shared/oauth/flows/refusing-to.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Consents } from '#shared/ports/repositories/consents.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import { currentSession } from '#shared/session/flows/current-session.ts'
import type { Session } from '#shared/session/session.ts'
import type { Requirements } from '#shared/signin/interaction.ts'
import { nextStep, type Step } from '#shared/signin/next-step.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { askAgainLocation } from '../ask-again.ts'
import { consentRequired, loginRequired } from '../errors.ts'
import type { AuthorizationInput } from '../messages/authorization-input.ts'
import {
  type AuthorizationRequest,
  parseAuthorizationRequest,
  parseResponseTarget,
} from '../messages/authorization-request.ts'
import { isSentBack } from '../redirect-trust.ts'
import { type AnswerPorts, answerRequest } from './answer-request.ts'
import type { AuthorizedRequest } from './authorized-request.ts'
import { beginInteraction, type InteractionStart } from './begin-interaction.ts'
import { type PendingRequest, pendingRequest } from './pending-request.ts'
import { requestingClient } from './requesting-client.ts'
import { type RequirementPorts, requirementsFor } from './requirements-for.ts'
import { type ResolvedRequest, type ResolvingPorts, resolveRequest } from './resolve-request.ts'
import { orUsingUp, usePushedRequest } from './use-pushed-request.ts'

export type AuthorizationOutcome =
  | { readonly kind: 'answer'; readonly response: AuthorizationResponse }
  | ({ readonly kind: 'interact' } & InteractionStart)

export interface AuthorizationPorts extends ResolvingPorts, RequirementPorts, AnswerPorts {
  readonly clients: Clients
  readonly users: Users
  readonly sessions: Sessions
  readonly consents: Consents
  readonly random: Random
  readonly region: Region
}

type Decision =
  | ({ readonly kind: 'authorized' } & AuthorizedRequest)
  | ({ readonly kind: 'interact' } & InteractionStart)

/** One request, with everything about it that has been verified so far. */
interface AddressedRequest extends Addressee {
  readonly pending: ResolvedRequest
  readonly input: AuthorizationInput
}

/**
 * The authorization endpoint: answers the client, or sends the person to the next page first.
 *
 * Refusals before the redirect URI is verified are shown to the person; later ones go to the client,
 * where somebody answers for it.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthorizationEndpoint
 * @throws ProtocolError shown as a page
 * @throws AuthorizationError returned to the client
 */
export const authorize =
  (ports: AuthorizationPorts) =>
  async (tenant: Tenant, input: AuthorizationInput): Promise<AuthorizationOutcome> => {
    if (input.kind === 'posted') {
      const location = askAgainLocation(tenant, 'authorize', input.request)
      return { kind: 'answer', response: { kind: 'redirect', location } }
    }
    const now = ports.clock.now()
    const sent = await pendingRequest(ports.sealer, tenant, input, now)
    const client = await requestingClient(ports.clients, tenant, sent.sent)
    const resolve = () => resolveRequest(ports)(tenant, client, sent, now)
    const openTarget = targetBeside(sent, client, tenant)
    const pending = await (openTarget === undefined
      ? resolve()
      : refusing(ports, { tenant, client, target: openTarget, now }, sent, resolve))
    const target = parseResponseTarget(pending.sent, client, tenant.issuer)
    const addressee = { tenant, client, target, now }
    return refusing(ports, addressee, pending, () =>
      answer(ports, { ...addressee, pending, input }),
    )
  }

/** Runs `rules`, so that what they refuse is told to the client or, where that is no good, to the person. */
const refusing = <Result>(
  ports: AuthorizationPorts,
  addressee: Addressee,
  pending: PendingRequest,
  rules: () => Promise<Result>,
): Promise<Result> =>
  isSentBack(addressee.tenant, addressee.client, pending)
    ? refusingTo(ports)(addressee, rules)
    : rules()

/** Where a request object that cannot be opened is refused to: what stands beside it may say so. */
function targetBeside(
  { sent }: PendingRequest,
  client: Client,
  { issuer }: Tenant,
): ResponseTarget | undefined {
  try {
    return parseResponseTarget(sent, client, issuer)
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

/** A pushed request is used up by its answer, which a refusal is as well. */
async function answer(
  ports: AuthorizationPorts,
  addressed: AddressedRequest,
): Promise<AuthorizationOutcome> {
  const { pushed } = addressed.pending
  const decision = await (pushed === undefined
    ? decide(ports, addressed)
    : orUsingUp(ports)(pushed, addressed, () => decide(ports, addressed)))
  if (decision.kind === 'interact') return decision
  const response = await answerRequest(ports)(decision)
  if (pushed) await usePushedRequest(ports, pushed, { ...decision, user: decision.session.user })
  return { kind: 'answer', response }
}

async function decide(ports: AuthorizationPorts, addressed: AddressedRequest): Promise<Decision> {
  const { tenant, client, target, pending, now } = addressed
  if (pending.resumed?.outcome === 'denied') {
    throw accessDenied('oauth/authorize/denied', 'the user did not allow the request')
  }
  const request = parseAuthorizationRequest(pending.sent, { tenant, client }, target)
  const signedIn = await currentSession(ports)(tenant, addressed.input.session, now)
  const session = signedIn?.session
  const requirements =
    pending.resumed?.requirements ??
    (await requirementsFor(ports)({ tenant, client, request, session, now }))
  const consent =
    signedIn && requirements.consent
      ? await ports.consents.find(tenant.id, signedIn.user.id, client.id)
      : undefined
  const step = nextStep(requirements, { session, consent, allowedBy: allowedBy(pending) })
  if (step === 'return' && session !== undefined) {
    const scopes = consentedScopes(request, requirements)
    const { address } = addressed.input
    return { kind: 'authorized', tenant, client, target, now, request, scopes, session, address }
  }
  refuseInteraction(request, addressed, step, requirements, session)
  const start = await beginInteraction(ports)({
    ...addressed,
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

/**
 * Refuses where no page may be shown, or where showing it again cannot help.
 *
 * @throws ProtocolError `login_required` or `consent_required`
 */
function refuseInteraction(
  request: AuthorizationRequest,
  addressed: AddressedRequest,
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
  if (addressed.pending.resumed !== undefined && isOther) {
    throw loginRequired('oidc/id-token-hint/other-user', 'another user has signed in')
  }
}

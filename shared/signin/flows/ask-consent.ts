import { scopesAt } from '#shared/consent/consent.ts'
import type { ClientId, Region } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Consents } from '#shared/ports/repositories/consents.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { currentSession, type SignedIn } from '#shared/session/flows/current-session.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { interactionExpired } from '../errors.ts'
import type { ConsentDetail, ConsentService, Interaction } from '../interaction.ts'
import type { ConsentRequest } from '../messages/consent-request.ts'
import { verifyOrigin } from '../origin.ts'
import { openInteraction, returnLocation } from './interactions.ts'

export type ConsentOutcome =
  | {
      readonly kind: 'form'
      readonly client: Client
      readonly signedIn: SignedIn
      readonly scopes: readonly string[]
      readonly services?: readonly ConsentService[] | undefined
      readonly details?: readonly ConsentDetail[] | undefined
      readonly sealed: string
      readonly uiLocales: string | undefined
    }
  | { readonly kind: 'answered'; readonly location: string }

interface ConsentPorts {
  readonly clients: Clients
  readonly consents: Consents
  readonly sessions: Sessions
  readonly users: Users
  readonly sealer: Sealer
  readonly clock: Clock
  readonly random: Random
  readonly region: Region
}

/** Shows what a client asks for, or takes the answer and goes back to the protocol. */
export const askConsent =
  (ports: ConsentPorts) =>
  async (tenant: Tenant, request: ConsentRequest): Promise<ConsentOutcome> => {
    if (request.kind === 'submit') verifyOrigin(request.origin, tenant.issuer)
    const now = ports.clock.now()
    const interaction = await openInteraction(ports.sealer, tenant, request, now)
    const signedIn = await consentingUser(ports, tenant, request, interaction, now)
    if (request.kind === 'show') {
      const client = await consentingClient(ports, tenant, interaction)
      const { uiLocales, requirements } = interaction
      const { scopes = [], services, details } = requirements.consent ?? {}
      const sealed = request.interaction
      return { kind: 'form', client, signedIn, scopes, services, details, sealed, uiLocales }
    }
    const outcome = request.answer === 'allow' ? 'allowed' : 'denied'
    const location = await returnLocation(ports.sealer, tenant, { ...interaction, outcome }, now)
    if (outcome === 'allowed') {
      await grant(ports, tenant, interaction, signedIn, request.address, now)
    }
    return { kind: 'answered', location }
  }

/** Consent is bound to the session that was asked: whoever signs in meanwhile has not answered. */
async function consentingUser(
  ports: ConsentPorts,
  tenant: Tenant,
  request: ConsentRequest,
  interaction: Interaction,
  now: EpochSeconds,
): Promise<SignedIn> {
  const signedIn = await currentSession(ports)(tenant, request.session, now)
  if (signedIn === undefined || signedIn.session.secretHash !== interaction.session) {
    throw interactionExpired('signin/consent/session', 'the session has changed, start again')
  }
  return signedIn
}

async function consentingClient(
  ports: ConsentPorts,
  tenant: Tenant,
  interaction: Interaction,
): Promise<Client> {
  const client = await ports.clients.find(tenant.id, askingClient(interaction))
  if (client !== undefined) return client
  throw interactionExpired('signin/consent/client', 'the app is no longer registered')
}

/** On the way to a page of our own nobody asks for consent. */
function askingClient({ client }: Interaction): ClientId {
  if (client !== undefined) return client
  throw interactionExpired('signin/consent/nobody', 'this page must be opened by an app')
}

async function grant(
  ports: ConsentPorts,
  tenant: Tenant,
  interaction: Interaction,
  signedIn: SignedIn,
  address: string,
  now: EpochSeconds,
): Promise<void> {
  const user = signedIn.user.id
  const client = askingClient(interaction)
  const { scopes = [], services = [] } = interaction.requirements.consent ?? {}
  const resourceScopes = scopesAt(
    services.map(({ resource }) => resource),
    scopes,
  )
  await ports.consents.grant(
    { tenant: tenant.id, user, client, scopes, resourceScopes, grantedAt: now },
    { id: ports.random.id(), time: now, activity: 'consent', user, client, address },
  )
}

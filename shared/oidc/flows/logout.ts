import type { Region } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { isStranger } from '#shared/oauth/client/client-origin.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import { sessionIdFor, sessionOfId } from '#shared/oauth/flows/subjects.ts'
import { isWebUri } from '#shared/oauth/registration/web-uri.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { TokenVerifier } from '#shared/ports/token-verifier.ts'
import { presentedSession } from '#shared/session/flows/presented-session.ts'
import type { Session } from '#shared/session/session.ts'
import { parseSessionCookie } from '#shared/session/session-cookie.ts'
import { verifyOrigin } from '#shared/signin/origin.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { askAgainLocation } from '../ask-again.ts'
import { frontchannelLogoutUri } from '../frontchannel-logout.ts'
import { type IdTokenHint, readIdTokenHint } from '../id-token-hint.ts'
import type { LogoutRequest } from '../messages/logout-request.ts'
import { postLogoutLocation } from '../post-logout-redirect-uri.ts'
import { clientsOfSession } from './clients-of-session.ts'

export interface LogoutInput {
  readonly request: LogoutRequest
  /** The form of a POST, `undefined` with GET. */
  readonly posted: string | undefined
  readonly session: string | undefined
  readonly origin: string | undefined
  readonly address: string
}

export type LogoutOutcome =
  | { readonly kind: 'ask-again'; readonly location: string }
  | { readonly kind: 'confirm'; readonly request: LogoutRequest; readonly client?: Client }
  | {
      readonly kind: 'signed-out'
      readonly request: LogoutRequest
      readonly client?: Client
      readonly location: string | undefined
      /** Addresses of clients that the browser loads, so that they end their sessions too. */
      readonly frames: readonly string[]
    }

interface LogoutPorts {
  readonly clients: Clients
  readonly sessions: Sessions
  readonly refreshFamilies: Pick<RefreshFamilies, 'ofSession'>
  readonly idTokens: TokenVerifier
  readonly sealer: Pick<Sealer, 'open' | 'sealDeterministically'>
  readonly clock: Clock
  readonly random: Random
  readonly region: Region
}

/**
 * Signs a person out: at once when the client proves with an ID token that it knows the session,
 * after a button on our own page otherwise.
 *
 * @spec https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout
 * @throws ProtocolError `invalid_request`, shown as a page
 */
export const logout =
  (ports: LogoutPorts) =>
  async (tenant: Tenant, input: LogoutInput): Promise<LogoutOutcome> => {
    const { request } = input
    if (request.isConfirmed) verifyOrigin(input.origin, tenant.issuer)
    else if (input.posted !== undefined) {
      return { kind: 'ask-again', location: askAgainLocation(tenant, 'logout', input.posted) }
    }
    const now = ports.clock.now()
    const hint = await verifiedHint(ports, tenant, request)
    const client = await namedClient(ports, tenant, request, hint)
    const location = postLogoutLocation(request, client)
    const session = await liveSession(ports, tenant, input.session, now)
    const outcome = { request, ...withoutAbsent({ client }) }
    if (session === undefined) {
      const onward = mayLeadAway(tenant, client) ? location : undefined
      return { kind: 'signed-out', ...outcome, location: onward, frames: [] }
    }
    const isSure = request.isConfirmed || (await isOf(ports, tenant, session, hint))
    if (!isSure) return { kind: 'confirm', ...outcome }
    const frames = await framesOf(ports, tenant, session, location)
    await ports.sessions.end(session, now, {
      id: ports.random.id(),
      time: now,
      activity: 'sign-out',
      user: session.user,
      address: input.address,
      ...withoutAbsent({ client: client?.id }),
    })
    return { kind: 'signed-out', ...outcome, location, frames }
  }

/**
 * Who has no session here has pressed no button either: a link alone carries nobody to an app that anybody can be.
 *
 * @spec https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RedirectionAfterLogout
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2
 */
const mayLeadAway = (tenant: Tenant, client: Client | undefined): boolean =>
  client === undefined || !isStranger(tenant, client)

async function isOf(
  ports: LogoutPorts,
  tenant: Tenant,
  { sid }: Session,
  hint: IdTokenHint | undefined,
): Promise<boolean> {
  return hint?.sid !== undefined && (await sessionOfId(ports)(tenant, hint.sid)) === sid
}

/**
 * The addresses that the browser loads before it goes on; none where it goes on to an app of the device.
 *
 * @spec https://openid.net/specs/openid-connect-frontchannel-1_0.html#OPLogout
 */
async function framesOf(
  ports: LogoutPorts,
  tenant: Tenant,
  session: Session,
  location: string | undefined,
): Promise<readonly string[]> {
  if (location !== undefined && !isWebUri(location)) return []
  const clients = await clientsOfSession(ports)(session)
  const uris = await Promise.all(
    clients.map(async (client) => {
      const sid = await sessionIdFor(ports)(tenant, client, session.sid)
      return frontchannelLogoutUri(client, tenant.issuer, sid)
    }),
  )
  return uris.filter((uri) => uri !== undefined)
}

async function verifiedHint(
  ports: LogoutPorts,
  tenant: Tenant,
  request: LogoutRequest,
): Promise<IdTokenHint | undefined> {
  if (request.idTokenHint === undefined) return undefined
  const hint = readIdTokenHint(await ports.idTokens.verify(tenant, 'JWT', request.idTokenHint))
  if (hint === undefined) {
    throw invalidRequest('oidc/logout/hint', 'id_token_hint is not an ID token of this issuer')
  }
  if (request.clientId !== undefined && request.clientId !== hint.client) {
    throw invalidRequest('oidc/logout/other-client', 'id_token_hint was issued to another client')
  }
  return hint
}

async function namedClient(
  ports: LogoutPorts,
  tenant: Tenant,
  request: LogoutRequest,
  hint: IdTokenHint | undefined,
): Promise<Client | undefined> {
  const id = hint?.client ?? request.clientId
  if (id === undefined) return undefined
  const client = await ports.clients.find(tenant.id, id)
  if (client !== undefined) return client
  throw invalidRequest('oidc/logout/unknown-client', 'client_id is not registered here')
}

async function liveSession(
  ports: LogoutPorts,
  tenant: Tenant,
  cookie: string | undefined,
  now: EpochSeconds,
): Promise<Session | undefined> {
  const presented = parseSessionCookie(ports.region, cookie)
  return presented && presentedSession(ports, tenant, presented, now)
}

import type { Client } from '#shared/oauth/client/client.ts'
import { sessionIdFor, subjectFor } from '#shared/oauth/flows/subjects.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { HttpAnswer, HttpClient } from '#shared/ports/http-client.ts'
import type { LogoutQueue } from '#shared/ports/logout-queue.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Outbox } from '#shared/ports/repositories/outbox.ts'
import type { Tenants } from '#shared/ports/repositories/tenants.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { TokenSigner } from '#shared/ports/token-signer.ts'
import { signingAlgorithmFor } from '#shared/tenant/signing-algorithm.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import {
  type DeliveryVerdict,
  judgeStatus,
  maximalAttempts,
  pauseAfter,
} from '../logout-delivery.ts'
import { type LogoutNotice, parseLogoutNotice } from '../logout-notice.ts'
import { logoutTokenClaims } from '../logout-token.ts'

/** A notice as the queue hands it out. */
export interface QueuedMessage {
  readonly body: string
  readonly receipt: string
  /** How often it was handed out, this time included. */
  readonly attempt: number
}

/** `unreadable` and `dropped` are done with; `failed` is brought again, until it is put aside. */
export type LogoutDeliveryOutcome = 'delivered' | 'refused' | 'failed' | 'dropped' | 'unreadable'

export interface LogoutDeliveryPorts {
  readonly tenants: Pick<Tenants, 'find'>
  readonly clients: Pick<Clients, 'find'>
  readonly signer: TokenSigner
  readonly sealer: Pick<Sealer, 'sealDeterministically'>
  readonly http: HttpClient
  readonly logoutQueue: Pick<LogoutQueue, 'postpone'>
  readonly outbox: Outbox
  readonly clock: Clock
  readonly random: Random
}

interface Delivery {
  readonly tenant: Tenant
  readonly client: Client
  readonly uri: string
  readonly notice: LogoutNotice
}

/**
 * Tells one client that a session is over, by a new logout token at each attempt.
 *
 * A client that was deleted, or that wants no notice any more, gets none.
 *
 * @spec https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest
 */
export const deliverLogout =
  (ports: LogoutDeliveryPorts) =>
  async (message: QueuedMessage): Promise<LogoutDeliveryOutcome> => {
    const notice = parseLogoutNotice(message.body)
    if (notice === undefined) return 'unreadable'
    const delivery = await deliveryOf(ports, notice)
    if (delivery === undefined) return 'dropped'
    const verdict = await attempt(ports, delivery)
    const isLast = message.attempt >= maximalAttempts
    if (verdict.kind !== 'again' || isLast) await record(ports, notice, verdict)
    if (verdict.kind !== 'again') return verdict.kind
    await ports.logoutQueue.postpone(message.receipt, pauseAfter(message.attempt))
    return 'failed'
  }

async function deliveryOf(
  ports: LogoutDeliveryPorts,
  notice: LogoutNotice,
): Promise<Delivery | undefined> {
  const [tenant, client] = await Promise.all([
    ports.tenants.find(notice.tenant),
    ports.clients.find(notice.tenant, notice.client),
  ])
  const uri = client?.logout?.backchannelUri
  if (tenant === undefined || client === undefined || uri === undefined) return undefined
  return { tenant, client, uri, notice }
}

async function attempt(ports: LogoutDeliveryPorts, delivery: Delivery): Promise<DeliveryVerdict> {
  const { uri } = delivery
  const token = await signLogoutToken(ports, delivery)
  const answer = await ports.http.fetch({
    method: 'POST',
    url: uri,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token: token }).toString(),
    purpose: 'back-channel-logout',
  })
  return judge(answer)
}

/** The keys and the algorithm are those of the client's ID tokens. */
async function signLogoutToken(
  ports: LogoutDeliveryPorts,
  { tenant, client, notice }: Delivery,
): Promise<string> {
  const { signer, clock, random } = ports
  const claims = logoutTokenClaims({
    issuer: tenant.issuer,
    subject: await subjectFor(ports)(tenant, client, notice.user),
    client: client.id,
    sid: await sessionIdFor(ports)(tenant, client, notice.sid),
    jti: random.id(),
    issuedAt: clock.now(),
  })
  const alg = signingAlgorithmFor(tenant, client.idToken?.signingAlg)
  return signer.sign(tenant, { typ: 'logout+jwt', alg }, claims)
}

/** An address that may not be called is wrong until somebody registers another one. */
function judge(answer: HttpAnswer): DeliveryVerdict {
  if (answer.kind === 'answered') return judgeStatus(answer.status)
  if (answer.kind === 'refused') return { kind: 'refused', rule: answer.rule }
  return { kind: 'again', rule: 'oidc/logout-delivery/unreachable' }
}

/** What became of a notice in the end is an event of its own: nothing else is written. */
const record = (
  { outbox, clock, random }: LogoutDeliveryPorts,
  { tenant, user, client }: LogoutNotice,
  verdict: DeliveryVerdict,
): Promise<void> =>
  outbox.put(tenant, {
    id: random.id(),
    time: clock.now(),
    activity: verdict.kind === 'delivered' ? 'logout-delivered' : 'logout-undelivered',
    user,
    client,
    ...(verdict.kind === 'delivered' ? {} : { rule: verdict.rule }),
  })

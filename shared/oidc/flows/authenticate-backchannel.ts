import type { AuditEvent } from '#shared/audit/event.ts'
import type { User } from '#shared/directory/user.ts'
import { withRegion } from '#shared/kernel/home-region.ts'
import { type AttemptId, type Region, trusted, type UserId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, plus, type Seconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { isPublicClient } from '#shared/oauth/client/public-client.ts'
import { unauthorizedClient } from '#shared/oauth/errors.ts'
import { admitStranger } from '#shared/oauth/flows/admit-stranger.ts'
import { afterAuthentication } from '#shared/oauth/flows/after-authentication.ts'
import {
  authenticateClient,
  type ClientAuthenticationPorts,
} from '#shared/oauth/flows/authenticate-client.ts'
import { findResources } from '#shared/oauth/flows/find-resources.ts'
import {
  type AuthReqId,
  type BackchannelNotification,
  type BackchannelRequestId,
  sealedAuthReqId,
  sealedNotification,
} from '#shared/oauth/polling/backchannel-request.ts'
import { pollInterval } from '#shared/oauth/polling/poll-pace.ts'
import { type KeptAccess, keptAccess } from '#shared/oauth/polling/polled-authorization.ts'
import type { BackchannelRequests } from '#shared/ports/repositories/backchannel-requests.ts'
import type { ResourceServers } from '#shared/ports/repositories/resource-servers.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import {
  type BackchannelAuthenticationRequest,
  parseBackchannelRequest,
  type SentBackchannelRequest,
} from '../messages/backchannel-authentication-request.ts'
import { type HintPorts, hintedUser } from './hinted-user.ts'
import { type NotificationPorts, notifyUser } from './notify-user.ts'
import { type BackchannelObjectPorts, openBackchannelRequest } from './open-backchannel-request.ts'

export type BackchannelAuthenticationPorts = ClientAuthenticationPorts &
  HintPorts &
  BackchannelObjectPorts &
  NotificationPorts & {
    readonly backchannelRequests: BackchannelRequests
    readonly resourceServers: Pick<ResourceServers, 'find'>
    readonly region: Region
  }

/** @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.7.3 */
export interface BackchannelAuthenticationResponse {
  readonly auth_req_id: string
  readonly expires_in: Seconds
  readonly interval: Seconds
}

/**
 * The backchannel authentication endpoint: a client asks for a person who is somewhere else.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.7
 * @throws ProtocolError as section 13 says
 */
export const authenticateBackchannel =
  (ports: BackchannelAuthenticationPorts) =>
  async (
    tenant: Tenant,
    { client: presented, sent, address }: SentBackchannelRequest,
  ): Promise<BackchannelAuthenticationResponse> => {
    const now = ports.clock.now()
    const client = await authenticateClient(ports)(tenant, presented, now)
    verifyGrant(client)
    const ask = async () => {
      const opened = await openBackchannelRequest(ports)(tenant, client, sent)
      const request = parseBackchannelRequest(opened, { tenant, client })
      const servers = await findResources(ports, tenant, request.resources)
      const access = keptAccess(request, servers)
      // Before the hint is looked up: strangers must not find out by guessing who is there.
      await admitStranger(ports)({ tenant, client, address, now }, 'backchannel')
      const user = await hintedUser(ports)(tenant, client, request.hint)
      const event = eventOf(ports, { client, user, address, now })
      const kept = await keep(ports, { tenant, client, user: user.id, access, event, now }, request)
      const { bindingMessage } = request
      await notifyUser(ports)(tenant, { client, user, bindingMessage, event })
      return kept
    }
    return afterAuthentication(presented, ask)
  }

/** Who asks for whom. */
interface Asking {
  readonly tenant: Tenant
  readonly client: Client
  readonly user: UserId
  readonly access: KeptAccess
  readonly event: AuditEvent
  readonly now: EpochSeconds
}

function verifyGrant(client: Client): void {
  const isRegistered = client.grantTypes.includes('urn:openid:params:grant-type:ciba')
  if (isRegistered && !isPublicClient(client)) return
  throw unauthorizedClient('oidc/backchannel/grant', 'the client may not use this grant')
}

/** Sealed first: what fails after a write would leave a request that no client knows. */
async function keep(
  ports: BackchannelAuthenticationPorts,
  asking: Asking,
  request: BackchannelAuthenticationRequest,
): Promise<BackchannelAuthenticationResponse> {
  const { tenant, client, user, access, event, now } = asking
  const { bindingMessage, acrValues, lifetime, notificationToken } = request
  const id = trusted<BackchannelRequestId>(ports.random.id())
  const content: AuthReqId = { user, backchannel: id }
  const sealed = await ports.sealer.seal('handle', tenant.id, sealedAuthReqId.mark(content))
  const authReqId = withRegion(ports.region, sealed)
  const notification =
    notificationToken === undefined
      ? undefined
      : await sealNotification(ports, tenant, { authReqId, token: notificationToken })
  await ports.backchannelRequests.open(
    {
      tenant: tenant.id,
      user,
      id,
      client: client.id,
      ...access,
      issuedAt: now,
      expiresAt: plus(now, lifetime),
      interval: pollInterval,
      ...withoutAbsent({ bindingMessage, acrValues, notification }),
    },
    trusted<AttemptId>(ports.random.id()),
    event,
  )
  return { auth_req_id: authReqId, expires_in: lifetime, interval: pollInterval }
}

const eventOf = (
  { random }: BackchannelAuthenticationPorts,
  asking: Pick<Asking, 'client' | 'now'> & { readonly user: User; readonly address: string },
): AuditEvent => ({
  id: random.id(),
  time: asking.now,
  activity: 'backchannel-requested',
  user: asking.user.id,
  client: asking.client.id,
  address: asking.address,
})

const sealNotification = (
  { sealer }: BackchannelAuthenticationPorts,
  tenant: Tenant,
  notification: BackchannelNotification,
): Promise<string> => sealer.seal('handle', tenant.id, sealedNotification.mark(notification))

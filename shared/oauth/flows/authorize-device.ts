import { type AttemptId, type Region, trusted } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Attempts } from '#shared/ports/repositories/attempts.ts'
import type { DeviceAuthorizations } from '#shared/ports/repositories/device-authorizations.ts'
import type { ResourceServers } from '#shared/ports/repositories/resource-servers.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { parseRequestedAccess } from '../authorization/requested-access.ts'
import type { Client } from '../client/client.ts'
import { isStranger } from '../client/client-origin.ts'
import { isPublicClient } from '../client/public-client.ts'
import { tooManyRequests, unauthorizedClient } from '../errors.ts'
import type { DeviceAuthorizationRequest } from '../messages/device-authorization-request.ts'
import {
  type DeviceAuthorizationResponse,
  deviceAuthorizationResponse,
} from '../messages/device-authorization-response.ts'
import {
  deviceAuthorizationLifetime,
  deviceSecretHash,
  renderDeviceCode,
} from '../polling/device-authorization.ts'
import { deviceStartLimits } from '../polling/device-throttle.ts'
import { pollInterval } from '../polling/poll-pace.ts'
import { type KeptAccess, keptAccess } from '../polling/polled-authorization.ts'
import { userCodeBytes, userCodeHash, userCodeOf } from '../polling/user-code.ts'
import { afterAuthentication } from './after-authentication.ts'
import { authenticateClient, type ClientAuthenticationPorts } from './authenticate-client.ts'
import { takeAttempt } from './count-attempt.ts'
import { findResources } from './find-resources.ts'

export type DeviceAuthorizationPorts = ClientAuthenticationPorts & {
  readonly attempts: Attempts
  readonly deviceAuthorizations: DeviceAuthorizations
  readonly resourceServers: Pick<ResourceServers, 'find'>
  readonly clock: Clock
  readonly region: Region
}

/** A request whose client is authenticated. */
interface DeviceRequest {
  readonly tenant: Tenant
  readonly client: Client
  readonly access: KeptAccess
  readonly address: string
  readonly now: EpochSeconds
}

/**
 * The device authorization endpoint: hands a device its two codes.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-3.1
 * @throws ProtocolError as RFC 6749 section 5.2 says
 */
export const authorizeDevice =
  (ports: DeviceAuthorizationPorts) =>
  async (
    tenant: Tenant,
    { client: presented, sent, address }: DeviceAuthorizationRequest,
  ): Promise<DeviceAuthorizationResponse> => {
    const now = ports.clock.now()
    const client = await authenticateClient(ports)(tenant, presented, now)
    verifyDeviceGrant(client)
    const request = { tenant, client, address, now }
    const requested = parseRequestedAccess(sent, { tenant, client })
    return afterAuthentication(presented, async () => {
      const servers = await findResources(ports, tenant, requested.resources)
      const isAnybody = isPublicClient(client) || isStranger(tenant, client)
      if (isAnybody) await countStart(ports, request)
      return openDevice(ports, { ...request, access: keptAccess(requested, servers) })
    })
  }

function verifyDeviceGrant({ grantTypes }: Client): void {
  if (grantTypes.includes('urn:ietf:params:oauth:grant-type:device_code')) return
  throw unauthorizedClient('oauth/device/grant-not-allowed', 'the client may not use this grant')
}

/**
 * Anybody can be a public client or one that registers at will: how many devices one network starts is
 * counted, so that strangers cannot spend our writes.
 *
 * @throws ProtocolError `temporarily_unavailable`
 */
async function countStart(
  ports: DeviceAuthorizationPorts,
  { tenant, client, address, now }: Omit<DeviceRequest, 'access'>,
): Promise<void> {
  const limits = deviceStartLimits(address)
  const event = eventOf(ports, 'stranger-counted', { client, address, now })
  if (await takeAttempt(ports)(tenant, limits, event)) return
  throw tooManyRequests('oauth/device/too-many', 'too many devices were started from here')
}

/** Draws user codes until one is free: with millions of devices waiting, the first one nearly always is. */
async function openDevice(
  ports: DeviceAuthorizationPorts,
  request: DeviceRequest,
): Promise<DeviceAuthorizationResponse> {
  const { tenant, client, access, now } = request
  const userCode = userCodeOf(ports.random.bytes(userCodeBytes))
  const id = userCodeHash(userCode)
  const secret = new Secret(ports.random.token())
  const authorization = {
    tenant: tenant.id,
    id,
    secretHash: deviceSecretHash(secret),
    client: client.id,
    ...access,
    issuedAt: now,
    expiresAt: plus(now, deviceAuthorizationLifetime),
    interval: pollInterval,
  }
  const attempt = trusted<AttemptId>(ports.random.id())
  const opening = await ports.deviceAuthorizations.open(
    authorization,
    attempt,
    eventOf(ports, 'device-requested', request),
  )
  if (opening === 'taken') return openDevice(ports, request)
  const deviceCode = renderDeviceCode(ports.region, { id, secret })
  return deviceAuthorizationResponse(tenant, { deviceCode, userCode })
}

const eventOf = (
  { random }: DeviceAuthorizationPorts,
  activity: 'stranger-counted' | 'device-requested',
  { client, address, now }: Pick<DeviceRequest, 'client' | 'address' | 'now'>,
) =>
  ({
    id: random.id(),
    time: now,
    activity,
    client: client.id,
    address,
  }) as const

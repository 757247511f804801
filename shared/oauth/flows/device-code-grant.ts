import type { DeviceAuthorizations } from '#shared/ports/repositories/device-authorizations.ts'
import { invalidGrant } from '../errors.ts'
import type { GrantRequest } from '../messages/token-request.ts'
import type { TokenResponse } from '../messages/token-response.ts'
import {
  type DeviceAuthorization,
  isDeviceSecret,
  parseDeviceCode,
} from '../polling/device-authorization.ts'
import type { GrantContext } from './grant-context.ts'
import type { FamilyPorts } from './open-family.ts'
import { redeemPolled } from './poll-authorization.ts'

export type DevicePorts = FamilyPorts & { readonly deviceAuthorizations: DeviceAuthorizations }

/**
 * Redeems a device code once somebody has entered its user code and said yes.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-3.4
 * @throws ProtocolError as section 3.5 says
 */
export const redeemDeviceCode =
  (ports: DevicePorts) =>
  async (
    context: GrantContext,
    { deviceCode }: GrantRequest<'urn:ietf:params:oauth:grant-type:device_code'>,
  ): Promise<TokenResponse> => {
    const device = await deviceOf(ports, context, deviceCode)
    return redeemPolled(ports)(context, device, {
      activity: 'device-redeemed',
      replay: 'device-replayed',
      recordPoll: (pace, attempt) => ports.deviceAuthorizations.recordPoll(device, pace, attempt),
    })
  }

/** @param presented unverified */
async function deviceOf(
  ports: DevicePorts,
  { tenant }: GrantContext,
  presented: string,
): Promise<DeviceAuthorization> {
  const code = parseDeviceCode(ports.region, presented)
  const device = code && (await ports.deviceAuthorizations.find({ tenant: tenant.id, id: code.id }))
  if (code !== undefined && device !== undefined && isDeviceSecret(device, code.secret))
    return device
  throw invalidGrant('oauth/device/unknown', 'the device code is not one of ours')
}

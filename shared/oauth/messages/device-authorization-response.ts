import type { Seconds } from '#shared/kernel/time.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { deviceAuthorizationLifetime } from '../polling/device-authorization.ts'
import { pollInterval } from '../polling/poll-pace.ts'
import { renderUserCode, type UserCode } from '../polling/user-code.ts'

/**
 * What a device is told: a code to poll with, and one to show.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-3.2
 */
export interface DeviceAuthorizationResponse {
  readonly device_code: string
  readonly user_code: string
  readonly verification_uri: string
  readonly verification_uri_complete: string
  readonly expires_in: Seconds
  readonly interval: Seconds
}

export function deviceAuthorizationResponse(
  { issuer }: Tenant,
  codes: { readonly deviceCode: string; readonly userCode: UserCode },
): DeviceAuthorizationResponse {
  const userCode = renderUserCode(codes.userCode)
  const page = `${issuer}/oauth2/device`
  return {
    device_code: codes.deviceCode,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${userCode}`,
    expires_in: deviceAuthorizationLifetime,
    interval: pollInterval,
  }
}

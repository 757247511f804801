import { equalInConstantTime, sha256Base64url } from '#shared/kernel/digest.ts'
import { withoutRegion, withRegion } from '#shared/kernel/home-region.ts'
import { type Region, trusted } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { seconds } from '#shared/kernel/time.ts'
import type { PolledAuthorization } from './polled-authorization.ts'
import type { UserCodeHash } from './user-code.ts'

/** How long a person has from the code on the device to the answer. */
export const deviceAuthorizationLifetime = seconds(600)

/**
 * A device that waits for somebody to enter its code.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-3.2
 */
export interface DeviceAuthorization extends PolledAuthorization {
  readonly id: UserCodeHash
  /** SHA-256 of the device code's secret. */
  readonly secretHash: string
}

/** What a device code says: where the authorization is, and the secret that only the device was told. */
export interface DeviceCode {
  readonly id: UserCodeHash
  readonly secret: Secret
}

const deviceCode = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/

/** 256 random bits prove the device; the rest finds its authorization without an index. */
export const renderDeviceCode = (region: Region, { id, secret }: DeviceCode): string =>
  withRegion(region, `${id}.${secret.reveal()}`)

/** Reads a device code, or answers `undefined` for anything malformed. @param presented unverified */
export function parseDeviceCode(region: Region, presented: string): DeviceCode | undefined {
  const [, id, secret] = withoutRegion(region, presented)?.match(deviceCode) ?? []
  if (id === undefined || secret === undefined) return undefined
  return { id: trusted<UserCodeHash>(id), secret: new Secret(secret) }
}

export const deviceSecretHash = (secret: Secret): string => sha256Base64url(secret.reveal())

/** True when the secret is that of the device which asked. */
export const isDeviceSecret = ({ secretHash }: DeviceAuthorization, secret: Secret): boolean =>
  equalInConstantTime(secretHash, deviceSecretHash(secret))

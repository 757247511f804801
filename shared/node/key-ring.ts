import type { TenantId } from '#shared/kernel/ids.ts'
import { seconds } from '#shared/kernel/time.ts'
import { keyRingLifetime } from '#shared/keys/key-times.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { SigningKeys } from '#shared/ports/repositories/signing-keys.ts'
import { boundedCache } from './bounded-cache.ts'

/** The signing keys of the tenants that an instance serves, remembered for a minute. */
export interface KeyRing {
  /** Every key of the tenant that is not retired. */
  keysOf(tenant: TenantId): Promise<readonly SigningKey[]>
  /** Loads the keys anew, unless that was done seconds ago: strangers name unknown keys at will. */
  freshKeysOf(tenant: TenantId): Promise<readonly SigningKey[]>
}

const bounds = { entries: 1000, lifetime: keyRingLifetime }

const shortestRefresh = seconds(5)

export function keyRing(signingKeys: Pick<SigningKeys, 'list'>, clock: Clock): KeyRing {
  const cache = boundedCache<readonly SigningKey[]>(bounds, clock)
  return {
    keysOf: (tenant) => cache.get(tenant, () => signingKeys.list(tenant)),
    freshKeysOf: (tenant) =>
      cache.getYounger(tenant, shortestRefresh, () => signingKeys.list(tenant)),
  }
}

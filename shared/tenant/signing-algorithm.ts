import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { profileOf } from './security-profile.ts'
import type { Tenant } from './tenant.ts'

/** What the tenant signs with, the default first; what its profile forbids is struck off. */
export function signingAlgorithmsOf(tenant: Pick<Tenant, 'settings'>): readonly SigningAlgorithm[] {
  const { algorithms } = profileOf(tenant)
  return tenant.settings.signingAlgorithms.filter((each) => algorithms.includes(each))
}

/**
 * What the tenant signs with for somebody who has asked for this algorithm, or for none.
 *
 * The default stands in for an algorithm that the tenant has given up since it was asked for.
 */
export function signingAlgorithmFor(
  tenant: Pick<Tenant, 'settings'>,
  asked?: string,
): SigningAlgorithm {
  const usable = signingAlgorithmsOf(tenant)
  return usable.find((each) => each === asked) ?? usable[0] ?? 'PS256'
}

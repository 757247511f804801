import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import type { Tenant } from './tenant.ts'

/**
 * What the tenant signs with for somebody who has asked for this algorithm, or for none.
 *
 * The default stands in for an algorithm that the tenant has given up since it was asked for.
 */
export function signingAlgorithmFor(
  { settings }: Pick<Tenant, 'settings'>,
  asked?: string,
): SigningAlgorithm {
  const { signingAlgorithms } = settings
  return signingAlgorithms.find((each) => each === asked) ?? signingAlgorithms[0] ?? 'RS256'
}

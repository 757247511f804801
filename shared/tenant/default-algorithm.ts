import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import type { Tenant } from './tenant.ts'

/** What the tenant signs with where neither client nor request names an algorithm. */
export const defaultAlgorithmOf = ({ settings }: Pick<Tenant, 'settings'>): SigningAlgorithm =>
  settings.signingAlgorithms[0] ?? 'RS256'

import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/**
 * What a DPoP proof may be signed with; ML-DSA only where the tenant itself signs with it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-5.1
 */
export const dpopAlgorithms = (tenant: Tenant): readonly SigningAlgorithm[] => [
  'ES256',
  'EdDSA',
  'PS256',
  ...(profileOf(tenant).forbidsPkcs1 ? [] : (['RS256'] as const)),
  ...(tenant.settings.signingAlgorithms.includes('ML-DSA-44') ? (['ML-DSA-44'] as const) : []),
]

import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

const inOrder = ['ES256', 'EdDSA', 'PS256', 'RS256', 'ML-DSA-44'] as const

/**
 * What a DPoP proof may be signed with; ML-DSA only where the tenant itself signs with it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-5.1
 */
export function dpopAlgorithms(tenant: Tenant): readonly SigningAlgorithm[] {
  const { algorithms } = profileOf(tenant)
  const { signingAlgorithms } = tenant.settings
  return inOrder.filter(
    (each) =>
      algorithms.includes(each) && (each !== 'ML-DSA-44' || signingAlgorithms.includes(each)),
  )
}

import { signingAlgorithmsOf } from '#shared/tenant/signing-algorithm.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { MetadataProblem } from './client-metadata-rules.ts'

const signedForClient = [
  'id_token_signed_response_alg',
  'userinfo_signed_response_alg',
  'introspection_signed_response_alg',
  'authorization_signed_response_alg',
  'access_token_signed_response_alg',
] as const

type Metadata = { readonly [Member in (typeof signedForClient)[number]]?: string }

/** Lists what a client asks for that its tenant never gives. */
export function problemsWithTenant(
  metadata: Metadata,
  tenant: Pick<Tenant, 'settings'>,
): readonly MetadataProblem[] {
  const algorithms: readonly string[] = signingAlgorithmsOf(tenant)
  const unsigned = signedForClient.filter((member) => {
    const asked = metadata[member]
    return asked !== undefined && !algorithms.includes(asked)
  })
  return unsigned.map((member) => ({
    path: [member],
    message: 'is none of the signingAlgorithms of the tenant',
  }))
}

import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/**
 * The `typ` of what we sign; whoever verifies asks for exactly one of them.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8725#section-3.11
 */
export type JwtType = 'JWT' | 'at+jwt' | 'logout+jwt' | 'token-introspection+jwt'

export interface SigningHeader {
  readonly typ: JwtType
  /** One of the tenant's algorithms; absent: its default. */
  readonly alg?: SigningAlgorithm
}

/** Signs with the tenant's active key of an algorithm, wherever the key is kept. */
export interface TokenSigner {
  /** Answers the compact JWS. @param claims the payload, taken as it is */
  sign(
    tenant: Tenant,
    header: SigningHeader,
    claims: Readonly<Record<string, unknown>>,
  ): Promise<string>
}

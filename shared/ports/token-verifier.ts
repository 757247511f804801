import type { Tenant } from '#shared/tenant/tenant.ts'
import type { JwtType } from './token-signer.ts'

/** Verifies what the tenant itself has signed; expiry is left to the caller, who has the clock. */
export interface TokenVerifier {
  /** Answers the claims, or `undefined` when type, algorithm, key, signature or issuer is not ours. @param token unverified */
  verify(
    tenant: Tenant,
    typ: JwtType,
    token: string,
  ): Promise<Readonly<Record<string, unknown>> | undefined>
}

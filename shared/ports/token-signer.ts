import type { Tenant } from '#shared/tenant/tenant.ts'

export type JwtType = 'JWT' | 'at+jwt' | 'logout+jwt'

/** Signs with the tenant's active key, wherever the key is kept. */
export interface TokenSigner {
  /** Answers the compact JWS. @param claims the payload, taken as it is */
  sign(tenant: Tenant, typ: JwtType, claims: Readonly<Record<string, unknown>>): Promise<string>
}

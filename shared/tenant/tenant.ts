import type { TenantId } from '#shared/kernel/ids.ts'
import type { Seconds } from '#shared/kernel/time.ts'

/** `kms`: every signature is a `kms:Sign` call. `kms-wrapped`: the private key is stored encrypted by KMS. */
export type Custody = 'kms' | 'kms-wrapped'

export interface TenantSettings {
  readonly custody: Custody
  readonly accessTokenLifetime: Seconds
  readonly idTokenLifetime: Seconds
  readonly refreshTokenLifetime: Seconds
  readonly sessionLifetime: Seconds
}

/** One issuer with its own users, clients and keys. */
export interface Tenant {
  readonly id: TenantId
  readonly displayName: string
  /** The one issuer of this tenant, never taken from a Host header. No trailing slash. */
  readonly issuer: string
  readonly settings: TenantSettings
}

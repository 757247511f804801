import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { Seconds } from '#shared/kernel/time.ts'
import type { AuthenticationContext } from './authentication-context.ts'
import type { AuthorizationDetailsType } from './authorization-details-type.ts'
import type { SelfRegistration } from './self-registration.ts'

/** `kms`: every signature is a `kms:Sign` call. `kms-wrapped`: the private key is stored encrypted by KMS. */
export type Custody = 'kms' | 'kms-wrapped'

/**
 * How strict a tenant is, `baseline` being what every OpenID Connect client can do.
 *
 * `fapi2` is the FAPI 2.0 Security Profile, `fapi1-advanced` its predecessor.
 */
export type SecurityProfile = 'baseline' | 'fapi2' | 'fapi1-advanced'

export interface TenantSettings {
  /** Absent: `baseline`. */
  readonly profile?: SecurityProfile
  readonly custody: Custody
  /** What the tenant signs with, the default first; never empty. */
  readonly signingAlgorithms: readonly SigningAlgorithm[]
  /** Proofs of possession must carry a nonce of ours. */
  readonly requiresProofNonce?: boolean
  /** The classes of authentication, the weakest first. Absent: one, for a password. */
  readonly authenticationContexts?: readonly AuthenticationContext[]
  readonly authorizationDetailsTypes?: readonly AuthorizationDetailsType[]
  /** PEM certificates of the authorities that clients' certificates are trusted from, each an anchor. */
  readonly clientCertificateAuthorities?: readonly string[]
  /** Absent: clients are named by the operator alone. */
  readonly selfRegistration?: SelfRegistration
  readonly accessTokenLifetime: Seconds
  readonly idTokenLifetime: Seconds
  readonly refreshTokenLifetime: Seconds
  readonly sessionLifetime: Seconds
  /** Who letters to users are from; without it none is written. */
  readonly mailSender?: string
}

/** One issuer with its own users, clients and keys. */
export interface Tenant {
  readonly id: TenantId
  readonly displayName: string
  /** The one issuer of this tenant, never taken from a Host header. No trailing slash. */
  readonly issuer: string
  readonly settings: TenantSettings
}

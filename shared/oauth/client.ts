import type { Brand } from '#shared/kernel/brand.ts'
import type { ClientId, TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds, Seconds } from '#shared/kernel/time.ts'

export type GrantType = 'authorization_code' | 'refresh_token' | 'client_credentials'

export type TokenEndpointAuthMethod =
  | 'client_secret_basic'
  | 'client_secret_post'
  | 'private_key_jwt'
  | 'none'

/** SHA-256 of a client secret, base64url. */
export type SecretHash = Brand<string, 'SecretHash'>

/** A public key as a JWK (RFC 7517); never holds a private member. */
export type PublicJwk = Readonly<Record<string, unknown>> & { readonly kty: string }

/**
 * A registered client.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-2
 */
export interface Client {
  readonly tenant: TenantId
  readonly id: ClientId
  readonly name: string
  readonly applicationType: 'web' | 'native'
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  readonly grantTypes: readonly GrantType[]
  readonly tokenEndpointAuthMethod: TokenEndpointAuthMethod
  readonly secretHashes: readonly SecretHash[]
  readonly keys: readonly PublicJwk[]
  /** The scopes the client may ask for. */
  readonly scopes: readonly string[]
  /** True for a first-party client whose users are not asked for consent. */
  readonly skipConsent: boolean
  readonly defaultMaxAge?: Seconds
  readonly clientUri?: string
  readonly logoUri?: string
  readonly policyUri?: string
  readonly tosUri?: string
  /** What was issued to the client before this moment is refused. */
  readonly validAfter: EpochSeconds
}

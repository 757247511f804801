import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import type { ClientId, TenantId } from '#shared/kernel/ids.ts'
import type { Seconds } from '#shared/kernel/time.ts'

/** `opaque` tokens say nothing to anybody but the introspection endpoint. */
export type AccessTokenFormat = 'jwt' | 'opaque'

/**
 * An API that access tokens may be issued for, named by the URI that clients know it by.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8707#section-2
 */
export interface ResourceServer {
  readonly tenant: TenantId
  readonly identifier: string
  readonly name: string
  /** What tokens for it may be about; of those for the issuer alone it knows nothing. */
  readonly scopes: readonly string[]
  /** Absent: what the client is registered for. */
  readonly accessTokenFormat?: AccessTokenFormat
  /** Absent: what the client is registered for. */
  readonly accessTokenSigningAlg?: SigningAlgorithm
  /** Absent: that of the tenant. */
  readonly accessTokenLifetime?: Seconds
  /** The client that the resource server is when it introspects the tokens it receives. */
  readonly introspectionClient?: ClientId
}

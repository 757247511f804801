import type { ClientId, FamilyId, Generation, TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Authorization } from '../authorization/authorization.ts'
import type { Confirmation } from '../possession/confirmation.ts'

/** What a family keeps of the authorization that it comes from. */
type Granted = Pick<
  Authorization,
  | 'user'
  | 'sid'
  | 'scopes'
  | 'authTime'
  | 'amr'
  | 'acr'
  | 'resources'
  | 'authorizationDetails'
  | 'claims'
>

/**
 * Everything that one authorization code led to: the single-use marker of the code and the line of
 * refresh tokens in one item.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2
 */
export interface RefreshFamily extends Granted {
  readonly tenant: TenantId
  readonly id: FamilyId
  readonly client: ClientId
  /** The key that the refresh tokens are bound to; those of a confidential client may not be. */
  readonly confirmation?: Confirmation
  /** The instance of an attested client that alone may refresh: the thumbprint of its key. */
  readonly instance?: string
  /** True when `offline_access` was granted: the family outlives its session. */
  readonly offline: boolean
  /** True for a client by document that wanted to hear of logouts when it got its tokens. */
  readonly listensByDocument?: boolean
  readonly generation: Generation
  /** When the newest refresh token took over from the one before; absent while there was none. */
  readonly rotatedAt?: EpochSeconds
  readonly openedAt: EpochSeconds
  /** End of the last refresh token; later than the end of the code and of the last access token. */
  readonly expiresAt: EpochSeconds
  readonly revokedAt?: EpochSeconds
}

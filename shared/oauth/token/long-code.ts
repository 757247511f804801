import type { FamilyId, TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Authorization } from '../authorization/authorization.ts'

/** A code travels in URLs and forms of others: it is sealed whole up to this length. */
export const maximalCodeLength = 1536

/** The parts of an authorization that a client can make as long as it likes. */
export type LongParts = Pick<
  Authorization,
  'authorizationDetails' | 'claims' | 'nonce' | 'resources'
>

/** What would have made a code too long, kept for as long as the code lives. */
export interface LongCode extends LongParts {
  readonly tenant: TenantId
  readonly jti: FamilyId
  readonly expiresAt: EpochSeconds
}

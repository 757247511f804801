import type { AuditEvent } from '#shared/audit/event.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** Counts what may be tried only so often; the keys are hashes that name what is tried, and by whom. */
export interface Attempts {
  /** AP-74: attempts of each key in its running window; one consistent batch read. */
  count(tenant: TenantId, keys: readonly string[], now: EpochSeconds): Promise<readonly number[]>
  /** AP-75: adds one to each counter and answers them; a counter whose window has ended begins anew. */
  add(
    tenant: TenantId,
    keys: readonly string[],
    window: { readonly now: EpochSeconds; readonly endsAt: EpochSeconds },
    event: AuditEvent,
  ): Promise<readonly number[]>
}

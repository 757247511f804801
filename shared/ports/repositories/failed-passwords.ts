import type { AuditEvent } from '#shared/audit/event.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'

/** Counted alike for known and unknown user names: only hashes of what was typed are kept. */
export interface FailedPasswords {
  /** AP-22: failures of the account and of the address in the running window; one consistent batch read. */
  count(
    tenant: TenantId,
    keys: { readonly account: string; readonly address: string },
    now: EpochSeconds,
  ): Promise<{ readonly account: number; readonly address: number }>
  /** AP-23: adds one failure to both counters and answers them; a counter whose window has ended begins anew. */
  add(
    tenant: TenantId,
    keys: { readonly account: string; readonly address: string },
    window: { readonly now: EpochSeconds; readonly endsAt: EpochSeconds },
    event: AuditEvent,
  ): Promise<{ readonly account: number; readonly address: number }>
}

import type { AuditRow } from '#shared/audit/columns.ts'

export interface AuditDelivery {
  /** Answers the rows that were not taken, after some tries; a row may arrive more than once. */
  deliver(rows: readonly AuditRow[]): Promise<ReadonlySet<AuditRow>>
}

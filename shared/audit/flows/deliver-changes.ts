import type { AuditDelivery } from '#shared/ports/audit-delivery.ts'
import { auditRowOf } from '../audit-row.ts'
import { readStreamRecord } from '../messages/stream-record.ts'

/** A record of the table's stream, by its place in it. */
export interface StreamedRecord {
  readonly sequence: string
  readonly record: unknown
}

export interface DeliveryOutcome {
  /** Places of what is to be tried again. */
  readonly failed: readonly string[]
  readonly delivered: number
  /** Places of what no further try can deliver, each with the reason; their items stay in the table. */
  readonly unreadable: readonly { readonly sequence: string; readonly cause: unknown }[]
}

/** Delivers the events of a batch of changes to the audit lake, each at least once. */
export const deliverChanges =
  ({ auditDelivery }: { readonly auditDelivery: AuditDelivery }) =>
  async (records: readonly StreamedRecord[]): Promise<DeliveryOutcome> => {
    const readings = records.map(({ sequence, record }) => ({
      sequence,
      ...readStreamRecord(record),
    }))
    const events = readings
      .filter((reading) => reading.kind === 'event')
      .map(({ sequence, change }) => ({ sequence, row: auditRowOf(change) }))
    const left = await auditDelivery.deliver(events.map(({ row }) => row))
    return {
      failed: events.filter(({ row }) => left.has(row)).map(({ sequence }) => sequence),
      delivered: events.length - left.size,
      unreadable: readings
        .filter((reading) => reading.kind === 'unreadable')
        .map(({ sequence, cause }) => ({ sequence, cause })),
    }
  }

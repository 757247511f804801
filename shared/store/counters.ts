import type { AuditEvent } from '#shared/audit/event.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Key } from './keys.ts'
import { defineRecord } from './record.ts'
import type { Item, Table } from './table.ts'
import { type Update, updateItem } from './writes.ts'

export interface Counter {
  /** Of whatever is counted; the first to be counted were failed passwords. */
  readonly failures: number
  /** End of the window: the counter begins anew from this second on. */
  readonly expiresAt: EpochSeconds
}

export const counterRecord = defineRecord<Counter>({
  name: 'counter',
  version: 1,
  fields: { failures: 'number', expiresAt: 'number' },
})

/** One more to be counted. */
export interface Counted {
  readonly window: { readonly now: EpochSeconds; readonly endsAt: EpochSeconds }
  readonly event: AuditEvent
}

/** What a counter says now; one that is absent or whose window has ended says nothing. */
export function countIn(item: Item | undefined, now: EpochSeconds): number {
  const counter = item && counterRecord.read(item)
  return counter && counter.expiresAt > now ? counter.failures : 0
}

/** Adds to a counter that is absent or whose window runs; the event's id tells our own retry. */
const addToRunning = (table: Table, at: Key, { window, event }: Counted) =>
  updateItem(table, at, {
    update:
      'SET v = :v, failures = if_not_exists(failures, :none) + :one, expiresAt = if_not_exists(expiresAt, :endsAt), attempt = :attempt, event = :event',
    condition: 'attribute_not_exists(pk) OR (expiresAt > :now AND attempt <> :attempt)',
    values: { v: 1, none: 0, one: 1, ...window, attempt: event.id, event },
  })

/** Begins a new window where the last one has ended. */
const beginAnew = (table: Table, at: Key, { window, event }: Counted) =>
  updateItem(table, at, {
    update: 'SET v = :v, failures = :one, expiresAt = :endsAt, attempt = :attempt, event = :event',
    condition: 'attribute_not_exists(pk) OR expiresAt <= :now',
    values: { v: 1, one: 1, ...window, attempt: event.id, event },
  })

/** One call but at the end of a window, where somebody else may begin the next window before us. */
export async function addOne(table: Table, at: Key, counted: Counted): Promise<number> {
  const countOf = ({ kind, item }: Update): number | undefined => {
    const isCounted = kind === 'updated' || item?.['attempt'] === counted.event.id
    return item && isCounted ? counterRecord.read(item).failures : undefined
  }
  return (
    countOf(await addToRunning(table, at, counted)) ??
    countOf(await beginAnew(table, at, counted)) ??
    countOf(await addToRunning(table, at, counted)) ??
    0
  )
}

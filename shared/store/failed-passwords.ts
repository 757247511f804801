import type { AuditEvent } from '#shared/audit/event.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { FailedPasswords } from '#shared/ports/repositories/failed-passwords.ts'
import { type Key, key } from './keys.ts'
import { getItems } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { type Update, updateItem, writeSideBySide } from './writes.ts'

export interface FailureCounter {
  readonly failures: number
  /** End of the window: the counter begins anew from this second on. */
  readonly expiresAt: EpochSeconds
}

export const failureCounterRecord = defineRecord<FailureCounter>({
  name: 'counter of failed passwords',
  version: 1,
  fields: { failures: 'number', expiresAt: 'number' },
})

interface Failure {
  readonly window: { readonly now: EpochSeconds; readonly endsAt: EpochSeconds }
  readonly event: AuditEvent
}

/** Adds to a counter that is absent or whose window runs; the event's id tells our own retry. */
const addToRunning = (table: Table, at: Key, { window, event }: Failure) =>
  updateItem(table, at, {
    update:
      'SET v = :v, failures = if_not_exists(failures, :none) + :one, expiresAt = if_not_exists(expiresAt, :endsAt), attempt = :attempt, event = :event',
    condition: 'attribute_not_exists(pk) OR (expiresAt > :now AND attempt <> :attempt)',
    values: { v: 1, none: 0, one: 1, ...window, attempt: event.id, event },
  })

/** Begins a new window where the last one has ended. */
const beginAnew = (table: Table, at: Key, { window, event }: Failure) =>
  updateItem(table, at, {
    update: 'SET v = :v, failures = :one, expiresAt = :endsAt, attempt = :attempt, event = :event',
    condition: 'attribute_not_exists(pk) OR expiresAt <= :now',
    values: { v: 1, one: 1, ...window, attempt: event.id, event },
  })

/** One call but at the end of a window, where another failure may begin the next one before us. */
async function addFailure(table: Table, at: Key, failure: Failure): Promise<number> {
  const countOf = ({ kind, item }: Update): number | undefined => {
    const isCounted = kind === 'updated' || item?.['attempt'] === failure.event.id
    return item && isCounted ? failureCounterRecord.read(item).failures : undefined
  }
  return (
    countOf(await addToRunning(table, at, failure)) ??
    countOf(await beginAnew(table, at, failure)) ??
    countOf(await addToRunning(table, at, failure)) ??
    0
  )
}

export function dynamoFailedPasswords(table: Table): FailedPasswords {
  return {
    async count(tenant, keys, now) {
      const items = await getItems(table, [
        key.failedPasswords(tenant, 'account', keys.account),
        key.failedPasswords(tenant, 'address', keys.address),
      ])
      const failuresOf = (kind: 'account' | 'address') => {
        const item = items.find(({ sk }) => sk === kind)
        const counter = item && failureCounterRecord.read(item)
        return counter && counter.expiresAt > now ? counter.failures : 0
      }
      return { account: failuresOf('account'), address: failuresOf('address') }
    },
    async add(tenant, keys, window, event) {
      const failure = { window, event }
      const [account = 0, address = 0] = await writeSideBySide([
        addFailure(table, key.failedPasswords(tenant, 'account', keys.account), failure),
        addFailure(table, key.failedPasswords(tenant, 'address', keys.address), failure),
      ])
      return { account, address }
    },
  }
}

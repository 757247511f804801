import type { Capacity } from './services/service.ts'

/** What the calls of one caller to one action have come to. */
export interface Consumption extends Capacity {
  /** Name of an endpoint, or `operator`. */
  readonly caller: string
  /** The service and the API's own name for it, such as `dynamodb:TransactWriteItems`. */
  readonly action: string
  readonly calls: number
}

export interface ConsumptionMeter {
  /** Counts one call that has been served. */
  count(caller: string, action: string, capacity?: Capacity): void
  rows(): readonly Consumption[]
}

/** Counts served calls and capacity units: what AWS would put on the bill. */
export function createConsumptionMeter(): ConsumptionMeter {
  const rows = new Map<string, Consumption>()
  return {
    count(caller, action, { readUnits, writeUnits } = { readUnits: 0, writeUnits: 0 }) {
      const before = rows.get(`${caller} ${action}`)
      rows.set(`${caller} ${action}`, {
        caller,
        action,
        calls: (before?.calls ?? 0) + 1,
        readUnits: (before?.readUnits ?? 0) + readUnits,
        writeUnits: (before?.writeUnits ?? 0) + writeUnits,
      })
    },
    rows: () => [...rows.values()],
  }
}

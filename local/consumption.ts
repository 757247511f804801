import type { AwsResponse, Capacity } from './services/service.ts'

/** A call of a function to AWS. */
interface MeteredCall {
  readonly function: string
  readonly service: string
  readonly action: string
}

/** What the calls of one function to one action have come to. */
export interface Consumption extends Capacity {
  readonly function: string
  /** The service and the API's own name for it, such as `dynamodb:TransactWriteItems`. */
  readonly action: string
  readonly calls: number
}

export interface ConsumptionMeter {
  /** Has a call served, and counts it. */
  measure(call: MeteredCall, serve: () => Promise<AwsResponse>): Promise<AwsResponse>
  rows(): readonly Consumption[]
}

/** Counts served calls and capacity units: what AWS would put on the bill. */
export function createConsumptionMeter(): ConsumptionMeter {
  const rows = new Map<string, Consumption>()
  return {
    async measure(call, serve) {
      const answer = await serve()
      const action = `${call.service}:${call.action}`
      const before = rows.get(`${call.function} ${action}`)
      rows.set(`${call.function} ${action}`, {
        function: call.function,
        action,
        calls: (before?.calls ?? 0) + 1,
        readUnits: (before?.readUnits ?? 0) + (answer.capacity?.readUnits ?? 0),
        writeUnits: (before?.writeUnits ?? 0) + (answer.capacity?.writeUnits ?? 0),
      })
      return answer
    },
    rows: () => [...rows.values()],
  }
}

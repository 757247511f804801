import type { Edge } from './edge-event.ts'
import type { FlowName } from './flows.ts'
import type { HandlerSettings } from './handlers.ts'

/** How a process becomes a contender. */
export type ContenderSettings =
  | { readonly kind: 'peer' }
  | {
      readonly kind: 'ours'
      readonly origin: string
      readonly tenant: string
      readonly edge: Edge
      readonly folders: HandlerSettings['folders']
    }

/** Calls of the table in one run of a flow. */
export interface StoreCalls {
  readonly reads: number
  readonly writes: number
}

/** What the measuring process is asked. */
export type CpuQuestion =
  | { readonly kind: 'become'; readonly settings: ContenderSettings }
  | { readonly kind: 'run'; readonly flow: FlowName; readonly times: number }
  /** So many reads and writes of the table through the store's own code, and nothing else. */
  | ({ readonly kind: 'store'; readonly times: number } & StoreCalls)
  /** Whole logins, and where in them the time goes. */
  | { readonly kind: 'functions'; readonly times: number }
  | { readonly kind: 'hash'; readonly times: number }

/** Processor time of one function's requests. */
export interface FunctionTime {
  readonly requests: number
  readonly microseconds: number
}

import type { LogLevel } from './log.ts'

/** What a new instance is told once. */
export interface InstanceSettings {
  readonly entryUrl: string
  readonly exportName: string
  readonly functionName: string
  readonly functionArn: string
  readonly memoryMiB: number
  readonly logStream: string
  /** How far ahead of the computer's the clock of the functions is. */
  readonly clock: SharedArrayBuffer
}

/** One event for the handler; `event` is JSON, as it is on the real wire. */
export interface InvokeMessage {
  readonly requestId: string
  readonly event: string
  /** Milliseconds since 1970. */
  readonly deadline: number
  /** Root of the trace that the event belongs to. */
  readonly trace?: string
}

export interface FunctionError {
  readonly errorType: string
  readonly errorMessage: string
  readonly stackTrace: readonly string[]
}

export type InstanceMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answered'; readonly payload: string | undefined }
  | { readonly kind: 'failed'; readonly error: FunctionError }
  | {
      readonly kind: 'log'
      readonly level: LogLevel
      readonly requestId: string | undefined
      readonly text: string
    }

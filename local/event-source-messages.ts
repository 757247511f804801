import type { Outcome } from './lambda-instance.ts'
import type { LocalEventSource } from './template.ts'

/** What a reader is told once. */
export interface ReaderSettings {
  readonly endpoint: string
  /** The function's own: its role reads the stream and writes to the queue. */
  readonly accessKeyId: string
  readonly functionArn: string
  readonly source: LocalEventSource
  readonly checkpointFile: string
}

export type ReaderMessage =
  | { readonly kind: 'invoke'; readonly id: string; readonly event: unknown }
  | { readonly kind: 'trouble'; readonly text: string }

export interface InvocationAnswer {
  readonly id: string
  readonly outcome: Outcome
}

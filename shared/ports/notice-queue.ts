import type { Seconds } from '#shared/kernel/time.ts'
import type { ClientNotice } from '#shared/oidc/client-notice.ts'

/** A message as the queue hands it out. */
export interface QueuedMessage {
  readonly body: string
  readonly receipt: string
  /** How often it was handed out, this time included. */
  readonly attempt: number
}

/** Keeps the notices that clients are still to get, each until it is delivered or put aside. */
export interface NoticeQueue {
  /** Keeps all of them, or throws. */
  send(notices: readonly ClientNotice[]): Promise<void>
  /** Brings a notice that could not be delivered again after a pause. @param receipt as it was handed out */
  postpone(receipt: string, pause: Seconds): Promise<void>
}

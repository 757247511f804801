import { randomUUID } from 'node:crypto'
import type { LocalQueue } from '../template.ts'

interface StoredMessage {
  readonly id: string
  readonly body: string
  /** Milliseconds since the epoch; before, nobody sees the message. */
  visibleAt: number
  receipt?: string
  receiveCount: number
  readonly sentAt: number
  firstReceivedAt?: number
}

/** A message as it is handed out. */
export interface ReceivedMessage extends Readonly<StoredMessage> {
  readonly receipt: string
  readonly firstReceivedAt: number
}

/** How many messages of a queue can be seen, and how many are hidden for a while. */
export interface QueueLength {
  readonly name: string
  readonly visible: number
  readonly hidden: number
}

/**
 * One queue in memory: what is handed out is hidden for a while, and deleted by its receipt.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export class MemoryQueue {
  readonly queue: LocalQueue
  readonly #deadLetters: (arn: string) => MemoryQueue | undefined
  readonly #messages: StoredMessage[] = []

  /** @param deadLetters finds the queue that takes what came too often */
  constructor(queue: LocalQueue, deadLetters: (arn: string) => MemoryQueue | undefined) {
    this.queue = queue
    this.#deadLetters = deadLetters
  }

  add(message: { readonly body: string; readonly delaySeconds: number; readonly id?: string }) {
    const { body, delaySeconds, id = randomUUID() } = message
    const sentAt = Date.now()
    const visibleAt = sentAt + delaySeconds * 1000
    this.#messages.push({ id, body, sentAt, visibleAt, receiveCount: 0 })
    return id
  }

  /** What is visible now; messages that came too often go to the queue of dead letters instead. */
  receive(most: number, visibilitySeconds = this.queue.visibilitySeconds) {
    this.#putAside()
    return this.#visible()
      .slice(0, most)
      .map((message) => handOut(message, visibilitySeconds))
  }

  /** @returns whether there is a message with that receipt */
  hide(receipt: string, seconds: number): boolean {
    const message = this.#messages.find((each) => each.receipt === receipt)
    if (message) message.visibleAt = Date.now() + seconds * 1000
    return message !== undefined
  }

  remove(receipt: string): void {
    const message = this.#messages.find((each) => each.receipt === receipt)
    if (message) this.#take(message)
  }

  count(): QueueLength {
    const visible = this.#visible().length
    return { name: this.queue.name, visible, hidden: this.#messages.length - visible }
  }

  #visible(): readonly StoredMessage[] {
    return this.#messages.filter(({ visibleAt }) => visibleAt <= Date.now())
  }

  #take(message: StoredMessage): void {
    this.#messages.splice(this.#messages.indexOf(message), 1)
  }

  #putAside(): void {
    const { redrive } = this.queue
    const target = redrive && this.#deadLetters(redrive.deadLetterArn)
    if (redrive === undefined || target === undefined) return
    for (const message of this.#visible()) {
      if (message.receiveCount < redrive.maximalReceives) continue
      this.#take(message)
      target.add({ ...message, delaySeconds: 0 })
    }
  }
}

function handOut(message: StoredMessage, seconds: number): ReceivedMessage {
  const now = Date.now()
  const receipt = randomUUID()
  const firstReceivedAt = message.firstReceivedAt ?? now
  const receiveCount = message.receiveCount + 1
  Object.assign(message, {
    visibleAt: now + seconds * 1000,
    receipt,
    firstReceivedAt,
    receiveCount,
  })
  return { ...message, receipt, firstReceivedAt, receiveCount }
}

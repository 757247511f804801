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

/** One queue in memory: what is handed out is hidden for a while, and deleted by its receipt. */
export interface MemoryQueue {
  readonly queue: LocalQueue
  add(message: {
    readonly body: string
    readonly delaySeconds: number
    readonly id?: string
  }): string
  /** What is visible now; messages that came too often go to the queue of dead letters instead. */
  receive(most: number, visibilitySeconds: number | undefined): readonly ReceivedMessage[]
  /** @returns whether there is a message with that receipt */
  hide(receipt: string, seconds: number): boolean
  remove(receipt: string): void
  count(): QueueLength
}

/**
 * Makes a queue.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 * @param deadLetters finds the queue that takes what came too often
 */
export function createMemoryQueue(
  queue: LocalQueue,
  deadLetters: (arn: string) => MemoryQueue | undefined,
): MemoryQueue {
  const messages: StoredMessage[] = []
  const visible = () => messages.filter(({ visibleAt }) => visibleAt <= Date.now())
  const take = (message: StoredMessage): void => void messages.splice(messages.indexOf(message), 1)

  function putAside(): void {
    const { redrive } = queue
    const target = redrive && deadLetters(redrive.deadLetterArn)
    if (redrive === undefined || target === undefined) return
    for (const message of visible()) {
      if (message.receiveCount < redrive.maximalReceives) continue
      take(message)
      target.add({ ...message, delaySeconds: 0 })
    }
  }

  const handOut = (message: StoredMessage, seconds: number): ReceivedMessage => {
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

  return {
    queue,
    add({ body, delaySeconds, id = randomUUID() }) {
      const sentAt = Date.now()
      messages.push({ id, body, sentAt, visibleAt: sentAt + delaySeconds * 1000, receiveCount: 0 })
      return id
    },
    receive(most, visibilitySeconds = queue.visibilitySeconds) {
      putAside()
      return visible()
        .slice(0, most)
        .map((message) => handOut(message, visibilitySeconds))
    },
    hide(receipt, seconds) {
      const message = messages.find((each) => each.receipt === receipt)
      if (message) message.visibleAt = Date.now() + seconds * 1000
      return message !== undefined
    },
    remove(receipt) {
      const message = messages.find((each) => each.receipt === receipt)
      if (message) take(message)
    },
    count() {
      const seen = visible().length
      return { name: queue.name, visible: seen, hidden: messages.length - seen }
    },
  }
}

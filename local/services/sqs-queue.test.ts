import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MemoryQueue } from './sqs-queue.ts'

const queueOf = (name: string, redrive?: MemoryQueue['queue']['redrive']) => ({
  name,
  url: `https://sqs/${name}`,
  arn: `arn:${name}`,
  visibilitySeconds: 30,
  redrive,
})

let dead: MemoryQueue
let queue: MemoryQueue
beforeEach(() => {
  vi.useFakeTimers()
  dead = new MemoryQueue(queueOf('dead'), () => undefined)
  const redrive = { deadLetterArn: 'arn:dead', maximalReceives: 2 }
  queue = new MemoryQueue(queueOf('live', redrive), () => dead)
})
afterEach(() => {
  vi.useRealTimers()
})

const passSeconds = (seconds: number) => vi.advanceTimersByTime(seconds * 1000)
const receive = (most = 10) => queue.receive(most, undefined)

test('sqs visibility timeout: what was handed out is hidden, and comes again with a higher count', () => {
  queue.add({ body: 'a', delaySeconds: 0 })
  expect(receive()).toMatchObject([{ body: 'a', receiveCount: 1 }])
  expect(receive()).toEqual([])
  passSeconds(30)
  expect(receive()).toMatchObject([{ body: 'a', receiveCount: 2 }])
})

test('sqs visibility timeout: a message can be hidden for longer, or shown at once', () => {
  queue.add({ body: 'a', delaySeconds: 0 })
  const [first] = receive()
  expect(queue.hide(first?.receipt ?? '', 60)).toBe(true)
  passSeconds(59)
  expect(receive()).toEqual([])
  passSeconds(1)
  expect(receive()).toHaveLength(1)
  expect(queue.hide('no receipt', 60)).toBe(false)
})

test('sqs delay: a message that is sent with a delay is not seen before', () => {
  queue.add({ body: 'a', delaySeconds: 5 })
  expect(receive()).toEqual([])
  expect(queue.count()).toMatchObject({ visible: 0, hidden: 1 })
  passSeconds(5)
  expect(receive()).toHaveLength(1)
})

test('sqs redrive: what was handed out as often as may be becomes a dead letter under its own id', () => {
  const id = queue.add({ body: 'a', delaySeconds: 0 })
  for (const _ of ['first', 'second']) {
    expect(receive()).toHaveLength(1)
    passSeconds(30)
  }
  expect(receive()).toEqual([])
  expect(dead.receive(10, undefined)).toMatchObject([{ id, body: 'a' }])
})

test('sqs: a message that is deleted by its newest receipt is gone', () => {
  queue.add({ body: 'a', delaySeconds: 0 })
  const [first] = receive()
  queue.remove('another')
  expect(queue.count().hidden).toBe(1)
  queue.remove(first?.receipt ?? '')
  expect(queue.count()).toEqual({ name: 'live', visible: 0, hidden: 0 })
})

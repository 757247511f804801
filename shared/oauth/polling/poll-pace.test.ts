import { expect, test } from 'vitest'
import { seconds } from '#shared/kernel/time.ts'
import { inSeconds, now } from '../../../test/support/builders.ts'
import { pacePoll, pollInterval } from './poll-pace.ts'

const interval = pollInterval

test('rfc8628 section 3.5: the first poll is never too early', () => {
  expect(pacePoll({ interval }, now)).toEqual({ isTooEarly: false, interval: 5 })
})

test.each([4, 5, 60])('rfc8628 section 3.5: a poll %i s after the last one is in time', (after) => {
  expect(pacePoll({ interval, polledAt: now }, inSeconds(after))).toEqual({
    isTooEarly: false,
    interval: 5,
  })
})

test.each([0, 1, 3])(
  'rfc8628 section 3.5: a poll %i s after the last one adds 5 s to this and every later interval',
  (after) => {
    const paced = pacePoll({ interval, polledAt: now }, inSeconds(after))
    expect(paced).toEqual({ isTooEarly: true, interval: 10 })
    expect(pacePoll({ interval: paced.interval, polledAt: now }, inSeconds(8)).interval).toBe(15)
    expect(pacePoll({ interval: seconds(10), polledAt: now }, inSeconds(10)).interval).toBe(10)
  },
)

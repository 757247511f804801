import { expect, test } from 'vitest'
import { backchannelRequestLifetime } from '#shared/oauth/polling/backchannel-request.ts'
import type { ClientNotice } from './client-notice.ts'
import { judgeStatus, maximalAttempts, pauseAfter } from './notice-delivery.ts'

test.each([200, 204])(
  'back-channel logout section 2.8 and ciba core section 10.2: %d is success',
  (status) => {
    expect(judgeStatus(status)).toEqual({ kind: 'delivered' })
  },
)

test.each([201, 301, 302, 307, 400, 401, 403, 404])(
  'back-channel logout section 2.5 and 2.8 and ciba core section 10.2: %d is an answer, and nothing is sent again',
  (status) => {
    expect(judgeStatus(status)).toEqual({ kind: 'refused', rule: 'oidc/notice-delivery/refused' })
  },
)

test.each([408, 429, 500, 502, 503])(
  'back-channel logout section 2.5 and ciba core section 10.2: %d may pass, and is tried again',
  (status) => {
    expect(judgeStatus(status).kind).toBe('again')
  },
)

function pausesOf(kind: ClientNotice['kind']) {
  const pauses = Array.from({ length: maximalAttempts - 1 }, (_, at) => pauseAfter(kind, at + 1))
  expect(pauses.toSorted((left, right) => left - right)).toEqual(pauses)
  return pauses.reduce((sum, pause) => sum + pause, 0)
}

test('each pause is longer than the one before, and those of a logout take about an hour', () => {
  const total = pausesOf('logout')
  expect(total).toBeGreaterThan(3000)
  expect(total).toBeLessThan(4500)
})

test('ciba core section 10.2: a ping is given up while most requests are still worth asking for', () => {
  expect(pausesOf('ping')).toBeLessThan(backchannelRequestLifetime.usual / 2)
})

test.each([0, -1, 6, 1000])('a count of %d attempts has a pause too', (attempt) => {
  expect(pauseAfter('logout', attempt)).toBeGreaterThan(0)
  expect(pauseAfter('ping', attempt)).toBeGreaterThan(0)
})

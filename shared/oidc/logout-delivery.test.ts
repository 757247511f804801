import { expect, test } from 'vitest'
import { judgeStatus, maximalAttempts, pauseAfter } from './logout-delivery.ts'

test.each([200, 204])('back-channel logout section 2.8: %d is success', (status) => {
  expect(judgeStatus(status)).toEqual({ kind: 'delivered' })
})

test('back-channel logout section 2.8: 400 says that the request was invalid or the logout failed', () => {
  expect(judgeStatus(400)).toEqual({ kind: 'refused', rule: 'oidc/logout-delivery/refused' })
})

test.each([201, 302, 401, 403, 404, 429, 500, 502, 503])(
  'back-channel logout section 2.8: %d is neither, and tried again',
  (status) => {
    expect(judgeStatus(status).kind).toBe('again')
  },
)

test('each pause is longer than the one before, and all together take about an hour', () => {
  const pauses = Array.from({ length: maximalAttempts - 1 }, (_, index) => pauseAfter(index + 1))
  expect(pauses.toSorted((left, right) => left - right)).toEqual(pauses)
  const total = pauses.reduce((sum, pause) => sum + pause, 0)
  expect(total).toBeGreaterThan(3000)
  expect(total).toBeLessThan(4500)
})

test.each([0, -1, 6, 1000])('a count of %d attempts has a pause too', (attempt) => {
  expect(pauseAfter(attempt)).toBeGreaterThan(0)
})

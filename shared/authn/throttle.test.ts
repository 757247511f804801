import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  failureKeys,
  failureWindow,
  isThrottled,
  maximalAccountFailures,
  maximalAddressFailures,
} from './throttle.ts'

test('nist sp 800-63b-4 section 3.2.2: no more than 100 failures in a row on one account', () => {
  expect(maximalAccountFailures).toBeLessThanOrEqual(100)
  expect(isThrottled({ account: maximalAccountFailures - 1, address: 0 })).toBe(false)
  expect(isThrottled({ account: maximalAccountFailures, address: 0 })).toBe(true)
})

test('a whole day of guessing one account stays below a thousand guesses', () => {
  expect((86_400 / failureWindow) * maximalAccountFailures).toBeLessThan(1000)
})

test('one address is stopped whatever accounts it tries', () => {
  expect(isThrottled({ account: 0, address: maximalAddressFailures - 1 })).toBe(false)
  expect(isThrottled({ account: 0, address: maximalAddressFailures })).toBe(true)
})

test.each(['ADA', 'Ada', '\uff21\uff24\uff21'])(
  '%s is counted as ada, as it is looked up',
  (name) => {
    expect(failureKeys(name, 'x').account).toBe(failureKeys('ada', 'x').account)
  },
)

test('what was typed cannot be read from the counters, nor an account be taken for an address', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (userName, address) => {
      const keys = failureKeys(userName, address)
      expect(keys.account).toMatch(/^[\w-]{43}$/)
      expect(keys.address).toMatch(/^[\w-]{43}$/)
      expect(keys.account).not.toBe(failureKeys('', userName).address)
    }),
  )
})

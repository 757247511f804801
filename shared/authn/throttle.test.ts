import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  failureKeys,
  failureWindow,
  isThrottled,
  maximalAccountFailures,
  maximalAddressFailures,
} from './throttle.ts'

test('nist sp 800-63b-4 section 3.2.2: failures on one account are limited', () => {
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

test.each([
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
  ['2001:db8:1:2::1', '2001:0DB8:0001:0002:0:0:0:9', true],
  ['::1', '0:0:0:0:1::', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['203.0.113.1', '203.0.113.2', false],
])('%s and %s are counted as one network: %s', (one, other, isOne) => {
  const counted = (address: string) => failureKeys('ada', address).address
  expect(counted(one) === counted(other)).toBe(isOne)
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

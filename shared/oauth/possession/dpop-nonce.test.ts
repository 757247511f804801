import { expect, test } from 'vitest'
import { inSeconds, now } from '../../../test/support/builders.ts'
import { dpopNonce, isFreshNonce } from './dpop-nonce.ts'

test('rfc9449 section 8.2: a nonce holds for minutes, so that few answers bring a new one', () => {
  const nonce = dpopNonce(now)
  expect(dpopNonce(inSeconds(1))).toEqual(nonce)
  for (const age of [0, 60, 240]) expect(isFreshNonce(nonce, inSeconds(age))).toBe(true)
  expect(isFreshNonce(nonce, inSeconds(300))).toBe(false)
})

test('rfc9449 section 11.1: a nonce of the future is none, but for clocks of ours that differ', () => {
  expect(isFreshNonce(dpopNonce(inSeconds(60)), now)).toBe(true)
  expect(isFreshNonce(dpopNonce(inSeconds(120)), now)).toBe(false)
})

import { expect, test } from 'vitest'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { afterSingleUse } from './after-single-use.ts'

test('a store that fails after a single use does not say that nothing was committed', async () => {
  const busy = new StoreUnavailable('no', new Error('throttled'))
  await expect(afterSingleUse(() => Promise.reject(busy))).rejects.toMatchObject({
    committed: 'unknown',
    cause: busy,
  })
})

test('everything else passes through', async () => {
  const bug = new TypeError('a bug')
  await expect(afterSingleUse(() => Promise.reject(bug))).rejects.toBe(bug)
  expect(await afterSingleUse(async () => 7)).toBe(7)
})

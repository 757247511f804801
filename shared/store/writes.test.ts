import { expect, test } from 'vitest'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { writeSideBySide } from './writes.ts'

const done = Promise.resolve(1)
const failing = (error: Error) => {
  const failed = Promise.reject(error)
  failed.catch(() => undefined)
  return failed
}
const refused = () => failing(new StoreUnavailable('no', new Error('throttled')))
const lost = () => failing(new StoreUnavailable('unknown', new Error('timeout')))

test('writes side by side: answers all', async () => {
  expect(await writeSideBySide([done, Promise.resolve(2)])).toEqual([1, 2])
})

test('writes side by side: nothing is in only when every one was refused', async () => {
  await expect(writeSideBySide([refused(), refused()])).rejects.toMatchObject({ committed: 'no' })
})

test.each([
  ['one is in', () => [done, refused()]],
  ['one is in doubt', () => [refused(), lost()]],
])('writes side by side: the whole is in doubt when %s', async (_, writes) => {
  const written = writeSideBySide<unknown>(writes())
  await expect(written).rejects.toMatchObject({ committed: 'unknown' })
})

test('writes side by side: a fault of ours is no strain of the store', async () => {
  const bug = new TypeError('a bug')
  await expect(writeSideBySide([failing(bug), refused()])).rejects.toBe(bug)
})

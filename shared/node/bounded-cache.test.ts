import { expect, test, vi } from 'vitest'
import { epochSeconds, seconds } from '#shared/kernel/time.ts'
import { boundedCache } from './bounded-cache.ts'

function cacheOf(entries: number) {
  let now = 1000
  const clock = { now: () => epochSeconds(now) }
  const cache = boundedCache<number>({ entries, lifetime: seconds(60) }, clock)
  const load = vi.fn(async () => now)
  return {
    ...cache,
    load,
    wait: (duration: number) => {
      now += duration
    },
  }
}

test('a value is loaded once for its lifetime', async () => {
  const cache = cacheOf(2)
  expect(await cache.get('a', cache.load)).toBe(1000)
  cache.wait(59)
  expect(await cache.get('a', cache.load)).toBe(1000)
  cache.wait(1)
  expect(await cache.get('a', cache.load)).toBe(1060)
})

test('callers at the same moment share one load', async () => {
  const cache = cacheOf(2)
  await Promise.all(Array.from({ length: 10 }, () => cache.get('a', cache.load)))
  expect(cache.load).toHaveBeenCalledTimes(1)
})

test('the entry used longest ago makes room', async () => {
  const cache = cacheOf(2)
  for (const name of ['a', 'b', 'a', 'c']) await cache.get(name, cache.load)
  expect(cache.load).toHaveBeenCalledTimes(3)
  await cache.get('a', cache.load)
  expect(cache.load).toHaveBeenCalledTimes(3)
  await cache.get('b', cache.load)
  expect(cache.load).toHaveBeenCalledTimes(4)
})

test('a failed load is not remembered', async () => {
  const cache = cacheOf(2)
  await expect(cache.get('a', () => Promise.reject(new Error('throttled')))).rejects.toThrow()
  expect(await cache.get('a', cache.load)).toBe(1000)
})

test('a younger value can be asked for, but not more often than that', async () => {
  const cache = cacheOf(2)
  await cache.get('a', cache.load)
  cache.wait(4)
  expect(await cache.getYounger('a', seconds(5), cache.load)).toBe(1000)
  cache.wait(1)
  expect(await cache.getYounger('a', seconds(5), cache.load)).toBe(1005)
  expect(await cache.get('a', cache.load)).toBe(1005)
})

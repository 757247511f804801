import { expect, test } from 'vitest'
import { summarize } from './cpu.ts'

test('rates are of the median round, ratios of rounds that met the same weather', () => {
  const rounds = [
    { ours: 1000, peer: 500, store: 200 },
    { ours: 2000, peer: 1000, store: 400 },
    { ours: 4000, peer: 2000, store: 800 },
  ]
  expect(summarize(rounds, { reads: 1, writes: 1 })).toEqual({
    ours_per_cpu_s: 500,
    peer_per_cpu_s: 1000,
    ratio: 0.5,
    store_calls: 2,
    store_share: 0.2,
    ours_without_store_per_cpu_s: 625,
  })
})

test('a flow that the peer does not have has no ratio', () => {
  const figures = summarize([{ ours: 1000, peer: undefined, store: 200 }], { reads: 2, writes: 0 })
  expect(figures).not.toHaveProperty('ratio')
  expect(figures).toMatchObject({ ours_per_cpu_s: 1000, store_share: 0.2 })
})

test('where the calls alone take nearly all, what is left is not told', () => {
  const figures = summarize([{ ours: 1000, peer: 10, store: 980 }], { reads: 6, writes: 0 })
  expect(figures).toMatchObject({ store_calls: 6, store_share: 0.98 })
  expect(figures).not.toHaveProperty('ours_without_store_per_cpu_s')
})

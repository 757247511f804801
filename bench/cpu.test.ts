import { expect, test } from 'vitest'
import { summarize } from './cpu.ts'

test('rates are of the median round, ratios of rounds that met the same weather', () => {
  const rounds = [
    { ours: 1000, peer: 500, storeCall: 100 },
    { ours: 2000, peer: 1000, storeCall: 200 },
    { ours: 4000, peer: 2000, storeCall: 400 },
  ]
  expect(summarize(rounds, 2)).toEqual({
    ours_per_cpu_s: 500,
    peer_per_cpu_s: 1000,
    ratio: 0.5,
    store_calls: 2,
    store_share: 0.2,
    ours_without_store_per_cpu_s: 625,
  })
})

import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, startEngine } from '#local/services/dynamodb-engine.ts'
import { type LocalCloud, startLocalCloud } from '#local/start.ts'
import { causeAccidents, seeded } from './accidents.ts'
import { type Ask, askAthena } from './asking.ts'
import { requestMachineTokens, signInAndRefresh, tableNameOf, writeDirectly } from './load.ts'

const configFile = fileURLToPath(new URL('../support/configuration.json', import.meta.url))
const seed = Number(process.env['LAKE_SEED'] ?? randomInt(2 ** 31))
const eventsAtLeast = 10_000
const machineTokens = 300
const people = 6
const refreshes = 3

let engine: Engine
let cloud: LocalCloud
let ask: Ask

/** Ids of all events that the table's own stream has carried: what the lake must hold. */
const committed = new Set<string>()

beforeAll(async () => {
  engine = await startEngine(process.env)
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = engine.url
  cloud = await startLocalCloud({ port: 0, https: false, configFile })
  ask = askAthena(cloud)
  cloud.aws.onRecord(({ newImage }) => {
    const event = newImage?.['event']
    if (event instanceof Object && 'id' in event) committed.add(String(event.id))
  })
})

afterAll(async () => {
  await cloud?.close()
  await engine?.close()
})

const countIn = async (table: string): Promise<number> =>
  Number((await ask(`SELECT count(*) FROM ${table}`))[0]?.[0])

/** Waits until the lake has caught up with the table, or no longer moves. */
async function settle(): Promise<void> {
  for (let looks = 0; looks < 120; looks += 1) {
    const [before, after] = [committed.size, await countIn('audit_events')]
    if (after >= before && committed.size === before) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

async function load() {
  const tableName = await tableNameOf(cloud)
  const [issued, refreshed, written] = await Promise.all([
    requestMachineTokens(cloud.origin, machineTokens),
    signInAndRefresh(cloud.origin, people, refreshes),
    writeDirectly(engine.url, tableName, eventsAtLeast - machineTokens / 2),
  ])
  return { issued, refreshed, written }
}

test(`10,000 events, everything killed at random (LAKE_SEED=${seed}): each is in audit_events exactly once`, async () => {
  const startedAt = performance.now()
  const lap = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
  const accidents = causeAccidents(cloud.origin, seeded(seed))
  const { issued, refreshed, written } = await load()
  const loaded = lap()
  await accidents.stop()
  await settle()
  const held = (await ask('SELECT id FROM audit_events')).map(([id]) => id)
  const deliveries = await countIn('audit_log')
  console.log({
    seed,
    killed: accidents.killed,
    issued,
    refreshed,
    loaded,
    settled: lap(),
    deliveries,
    events: held.length,
  })
  expect(held.length).toBe(new Set(held).size)
  expect(new Set(held)).toEqual(committed)
  expect(held.length).toBeGreaterThanOrEqual(eventsAtLeast)
  expect(written.filter((id) => !committed.has(id))).toEqual([])
}, 300_000)

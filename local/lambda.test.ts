import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { type Functions, startFunctions } from './lambda.ts'
import { createLog } from './log.ts'
import type { LocalFunction } from './template.ts'

const assets: string[] = []
const started: Functions[] = []

async function start(source: string, more: Partial<LocalFunction> = {}, capacity = 8) {
  const assetPath = await mkdtemp(join(tmpdir(), 'sallyport-lambda-'))
  assets.push(assetPath)
  await writeFile(join(assetPath, 'index.mjs'), source)
  const log = createLog()
  const fn: LocalFunction = {
    name: 'test.fn',
    logicalId: 'TestFn',
    assetPath,
    handler: 'index.handler',
    environment: { TABLE_NAME: 'table' },
    role: 'TestRole',
    accessKeyId: 'AKIATEST',
    memoryMiB: 128,
    timeoutSeconds: 5,
    statements: [],
    ...more,
  }
  const functions = await startFunctions({
    functions: [fn],
    awsEndpoint: 'http://127.0.0.1:1',
    region: 'eu-central-1',
    accountId: '111111111111',
    log,
    capacity,
  })
  started.push(functions)
  return { log, functions, invoke: (event: unknown = {}) => functions.invoke('test.fn', event) }
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((functions) => functions.close()))
})
afterAll(async () => {
  await Promise.all(assets.map((folder) => rm(folder, { recursive: true, force: true })))
})

test('Lambda: the handler gets the event and a context, and its result comes back as JSON', async () => {
  const { invoke } = await start(`export const handler = async (event, context) => ({
    event, none: undefined, name: context.functionName, memory: context.memoryLimitInMB,
    remaining: context.getRemainingTimeInMillis(),
  })`)
  const outcome = await invoke({ a: [1] })
  expect(outcome).toEqual({
    kind: 'answered',
    payload: { event: { a: [1] }, name: 'TestFn', memory: '128', remaining: expect.any(Number) },
  })
})

test('Lambda: a function sees its own environment and credentials, and nothing of the parent', async () => {
  process.env['SALLYPORT_TEST_LEAK'] = 'leaked'
  const { invoke } = await start('export const handler = () => ({ ...process.env })')
  const outcome = await invoke()
  delete process.env['SALLYPORT_TEST_LEAK']
  expect(outcome).toMatchObject({
    payload: {
      TABLE_NAME: 'table',
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIATEST',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    },
  })
  expect(outcome).not.toHaveProperty('payload.SALLYPORT_TEST_LEAK')
  expect(outcome).not.toHaveProperty('payload.PATH')
})

test('Lambda: an instance takes one event at a time, and concurrent events get more instances', async () => {
  const { invoke, functions } = await start(`
    let running = 0
    const instance = crypto.randomUUID()
    export const handler = async () => {
      running += 1
      const seen = running
      await new Promise((resolve) => setTimeout(resolve, 50))
      running -= 1
      return { seen, instance }
    }`)
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => invoke()))
  const payloads = outcomes.map((outcome) => JSON.stringify(outcome))
  expect(payloads.every((payload) => payload.includes('"seen":1'))).toBe(true)
  expect(new Set(payloads).size).toBe(4)
  expect(functions.statistics()).toMatchObject([{ instances: 4, coldStarts: 4, calls: 4 }])
})

test('Lambda: an idle instance is used again, and beyond the capacity an event waits', async () => {
  const { invoke, functions } = await start(
    'let calls = 0; export const handler = async () => (calls += 1)',
    {},
    2,
  )
  await Promise.all(Array.from({ length: 20 }, () => invoke()))
  expect(functions.statistics()).toMatchObject([{ instances: 2, coldStarts: 2, calls: 20 }])
  expect(functions.statistics()[0]?.coldStartMilliseconds).toBeGreaterThan(0)
})

test('Lambda: an error that the handler throws is the failure of its call only', async () => {
  const { invoke, functions, log } = await start(
    `export const handler = (event) => { if (event.bad) throw new RangeError('no'); return 'fine' }`,
  )
  expect(await invoke({ bad: true })).toEqual({ kind: 'failed', reason: 'RangeError: no' })
  expect(await invoke()).toEqual({ kind: 'answered', payload: 'fine' })
  expect(functions.statistics()).toMatchObject([{ coldStarts: 1, calls: 2, errors: 1 }])
  expect(log.lines().map((line) => line.level)).toEqual(['ERROR', 'FATAL'])
})

test('Lambda: an uncaught error ends the instance, and the next event starts another', async () => {
  const { invoke, functions } = await start(`export const handler = async (event) => {
    if (event.bad) { setImmediate(() => { throw new Error('loose') }); await new Promise(() => {}) }
    return 'fine'
  }`)
  expect(await invoke({ bad: true })).toEqual({ kind: 'failed', reason: 'Error: loose' })
  expect(await invoke()).toEqual({ kind: 'answered', payload: 'fine' })
  expect(functions.statistics()).toMatchObject([{ instances: 1, coldStarts: 2, errors: 1 }])
})

test('Lambda: a function that takes longer than its timeout is ended', async () => {
  const { invoke, functions, log } = await start(
    'export const handler = (event) => { while (event.bad) {} return 1 }',
    { timeoutSeconds: 0.3 },
  )
  expect(await invoke({ bad: true })).toEqual({ kind: 'timed-out' })
  expect(await invoke()).toEqual({ kind: 'answered', payload: 1 })
  expect(functions.statistics()).toMatchObject([{ timeouts: 1 }])
  expect(log.lines().at(-1)?.message).toBe('Task timed out after 0.30 seconds')
})

test('Lambda: a function that needs more than its memory is ended', async () => {
  const { invoke } = await start(
    `export const handler = () => { const all = []; for (;;) all.push(new Array(1e5).fill({})) }`,
    { memoryMiB: 32 },
  )
  expect(await invoke()).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/memory/) })
})

test('Lambda: a failing init is a failed call, and the next event tries again', async () => {
  const { invoke, functions } = await start(`throw new Error('bad config')`)
  expect(await invoke()).toMatchObject({ kind: 'failed' })
  expect(await invoke()).toMatchObject({ kind: 'failed' })
  expect(functions.statistics()).toMatchObject([{ instances: 0, coldStarts: 2, errors: 2 }])
})

test('Lambda: console output and raw writes become log lines with level and request', async () => {
  const { invoke, functions, log } = await start(`export const handler = async () => {
    console.warn('attempt %d', 2)
    console.log(JSON.stringify({ rule: 'x' }))
    process.stdout.write('raw\\n')
  }`)
  await invoke()
  await functions.close()
  expect(log.lines()).toMatchObject([
    { level: 'WARN', function: 'test.fn', message: 'attempt 2', requestId: expect.any(String) },
    { level: 'INFO', message: { rule: 'x' } },
    { level: 'INFO', message: 'raw' },
  ])
})

test('Lambda: a killed instance fails its event, and the next event gets a new one', async () => {
  const { invoke, functions } = await start(`
    let calls = 0
    export const handler = async ({ wait }) => {
      if (wait) await new Promise(() => setTimeout(() => {}, 60_000))
      return ++calls
    }`)
  await invoke()
  const stuck = functions.invoke('test.fn', { wait: true }, { trace: '1-a-b' })
  await expect.poll(() => functions.kill({ function: 'test.fn', trace: '1-a-b' })).toBe(1)
  expect(await stuck).toMatchObject({ kind: 'failed' })
  expect(await invoke()).toMatchObject({ payload: 1 })
})

test('Lambda: the event of a trace that is to start cold gets a new instance in place of an idle one', async () => {
  const { invoke, functions } = await start(`
    let calls = 0
    export const handler = () => ++calls`)
  await invoke()
  functions.startCold('1-a-b')
  expect(await invoke()).toMatchObject({ payload: 2 })
  const traced = () => functions.invoke('test.fn', {}, { trace: '1-a-b' })
  expect(await traced()).toMatchObject({ payload: 1 })
  expect(await traced()).toMatchObject({ payload: 2 })
  expect(functions.statistics()).toMatchObject([{ coldStarts: 2, instances: 1 }])
})

test('Lambda: the trace of an event is in the environment, as the SDK looks for it', async () => {
  const { functions } = await start('export const handler = () => process.env._X_AMZN_TRACE_ID')
  const traced = await functions.invoke('test.fn', {}, { trace: '1-a-b' })
  expect(traced).toMatchObject({ payload: 'Root=1-a-b' })
})

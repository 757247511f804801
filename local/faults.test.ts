import { expect, test } from 'vitest'
import { createFaults, type FunctionCall, ResponseDropped } from './faults.ts'
import { AwsError, type AwsResponse } from './services/service.ts'

const answer: AwsResponse = { status: 200, headers: {}, body: Buffer.alloc(0) }

const call = (more: Partial<FunctionCall> = {}): FunctionCall => ({
  function: 'oauth2.token',
  service: 'dynamodb',
  action: 'GetItem',
  input: { pk: 'USER#acme' },
  trace: '1-a-b',
  invocation: 'first',
  attempt: 1,
  ...more,
})

/** What becomes of a call, and whether it was carried out. */
async function outcome(faults: ReturnType<typeof createFaults>, more: Partial<FunctionCall> = {}) {
  let served = false
  const serve = async () => {
    served = true
    return answer
  }
  const failure = await faults.meet(call(more), serve).then(
    () => undefined,
    (error: unknown) => error,
  )
  return { served, failure }
}

const clean = { served: true, failure: undefined }

test('faults: without a rule every call is served', async () => {
  expect(await outcome(createFaults())).toEqual(clean)
})

test.each([
  ['throttle', 'dynamodb', 'ThrottlingException', 400],
  ['throttle', 'kms', 'ThrottlingException', 400],
  ['throttle', 's3', 'SlowDown', 503],
  ['throttle', 'constructor', 'ThrottlingException', 400],
  ['fail', 'dynamodb', 'InternalServerError', 500],
  ['fail', 'kms', 'KMSInternalException', 500],
  ['fail', 'ssm', 'InternalFailure', 500],
] as const)(
  'faults: %s answers for %s as the service does, and carries nothing out',
  async (fault, service, code, status) => {
    const faults = createFaults()
    faults.set({ fault })
    const { served, failure } = await outcome(faults, { service })
    expect(served).toBe(false)
    expect(failure).toBeInstanceOf(AwsError)
    expect(failure).toMatchObject({ code, status })
  },
)

test('faults: a dropped response is of a call that was carried out', async () => {
  const faults = createFaults()
  faults.set({ fault: 'drop-response' })
  expect(await outcome(faults)).toEqual({ served: true, failure: expect.any(ResponseDropped) })
})

test('faults: a delayed call is carried out after the delay', async () => {
  const faults = createFaults()
  faults.set({ fault: 'delay', milliseconds: 30 })
  const startedAt = performance.now()
  expect(await outcome(faults)).toEqual(clean)
  expect(performance.now() - startedAt).toBeGreaterThan(25)
})

test.each([
  { function: 'oauth2.jwks' },
  { service: 'kms' },
  { action: 'PutItem' },
  { trace: '1-a-c' },
  { trace: undefined },
  { input: { pk: 'SESSION#acme' } },
])('faults: a rule does not meet a call with %o', async (other) => {
  const faults = createFaults()
  const { function: fn, service, action, trace } = call()
  faults.set({ fault: 'fail', function: fn, service, action, trace, about: 'USER#' })
  expect(await outcome(faults, other)).toEqual(clean)
  expect((await outcome(faults)).served).toBe(false)
})

test('faults: the nth call is met in all its attempts, and no other call', async () => {
  const faults = createFaults()
  faults.set({ fault: 'fail', nth: 2 })
  const served = async (invocation: string, attempt: number) =>
    (await outcome(faults, { invocation, attempt })).served
  expect(await served('first', 1)).toBe(true)
  expect(await served('first', 2)).toBe(true)
  expect(await served('second', 1)).toBe(false)
  expect(await served('third', 1)).toBe(true)
  expect(await served('second', 2)).toBe(false)
})

test('faults: a rule ends after so many times, and the next one takes over', async () => {
  const faults = createFaults()
  const dropped = faults.set({ fault: 'drop-response', times: 1 })
  faults.set({ fault: 'throttle', times: 1 })
  expect((await outcome(faults)).failure).toBeInstanceOf(ResponseDropped)
  expect((await outcome(faults)).failure).toBeInstanceOf(AwsError)
  expect(await outcome(faults)).toEqual(clean)
  expect(faults.list()).toMatchObject([{ id: dropped.id, hits: 1 }, { hits: 1 }])
})

test('faults: one can be cleared, and all', async () => {
  const faults = createFaults()
  const { id } = faults.set({ fault: 'throttle' })
  faults.set({ fault: 'fail', action: 'PutItem' })
  faults.clear(id)
  expect(await outcome(faults)).toEqual(clean)
  expect((await outcome(faults, { action: 'PutItem' })).served).toBe(false)
  faults.clear()
  expect(faults.list()).toEqual([])
})

test.each([{ fault: 'burn' }, { fault: 'fail', nth: 0 }, { fault: 'fail', tims: 1 }, {}])(
  'faults: the rule %o is refused',
  (rule) => {
    expect(() => createFaults().set(rule)).toThrow()
  },
)

import { beforeEach, expect, test, vi } from 'vitest'
import { httpEvent } from '../../test/support/http-events.ts'
import { createRequestLog } from './access-log.ts'
import { readRequest } from './http-request.ts'
import type { Refusal } from './refusal.ts'

const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
const lines = (): readonly Record<string, unknown>[] =>
  write.mock.calls.map(([text]) => JSON.parse(String(text)))

beforeEach(() => {
  write.mockClear()
})

const refused = (rule: string, status = 400): Refusal => ({
  code: 'invalid_request',
  description: '',
  rule,
  status,
})

type Logged = { readonly status: number; refusal?: Refusal; interactionId?: string }

function log(answers: readonly Logged[], headers = {}) {
  const logRequest = createRequestLog()
  const request = readRequest(httpEvent({ headers }))
  for (const each of answers) {
    logRequest('some.endpoint', request, { startedAt: performance.now(), counts: [], ...each })
  }
}

test('the first request of an instance counts as a cold start, no other one', () => {
  log([{ status: 200 }, { status: 200 }])
  expect(lines().map(({ coldStarts }) => coldStarts)).toEqual([1, undefined])
})

test('fapi1 baseline section 6.2.1: clause 12: the id of the visit is logged', () => {
  const interactionId = 'c770aef3-6784-41f7-8e0e-ff5f97bddb3a'
  log([{ status: 200, interactionId }])
  expect(lines()).toMatchObject([{ interactionId }])
})

test('a fault is counted by its endpoint, a refusal by the class of its rule', () => {
  log([
    { status: 500, refusal: refused('runtime/unexpected', 500) },
    { status: 400, refusal: refused('oauth/scope/unknown') },
  ])
  expect(lines()).toMatchObject([
    { faults: 1, level: 'error' },
    { refusals: 1, ruleClass: 'oauth', rule: 'oauth/scope/unknown' },
  ])
  expect(lines()[0]).not.toHaveProperty('refusals')
})

test('rfc6749 section 4.1.2.1: a fault that a client is told of by a redirect is one as well', () => {
  const refusal = { ...refused('store/unavailable/committed-no', 503), cause: new Error('busy') }
  log([{ status: 303, refusal }])
  expect(lines()).toMatchObject([{ faults: 1, level: 'error', status: 303 }])
  expect(lines()[0]).not.toHaveProperty('refusals')
})

test('architecture rule 5: refusals beyond what an instance tells a minute are counted all the same', () => {
  const refusal = refused('tenant/unknown', 404)
  log(Array.from({ length: 100 }, () => ({ status: 404, refusal })))
  expect(lines()).toHaveLength(100)
  expect(lines().every(({ refusals }) => refusals === 1)).toBe(true)
  const told = lines().filter(({ requestId }) => requestId !== undefined)
  expect(told.length).toBeLessThanOrEqual(60)
  expect(told.length).toBeGreaterThan(0)
})

test('a replay and a fault are always told', () => {
  const strange = { status: 404, refusal: refused('tenant/unknown', 404) }
  const replay = { status: 400, refusal: refused('oauth/code/replayed') }
  log([...Array.from({ length: 70 }, () => strange), replay, { status: 503 }])
  expect(lines().slice(-2)).toMatchObject([
    { replays: 1, rule: 'oauth/code/replayed' },
    { status: 503, requestId: 'request-1' },
  ])
})

test.each([
  ['Root=1-67891233-abcdef012345678912345678;Sampled=0', '1-67891233-abcdef012345678912345678'],
  ['Self=1-1-1;Root=1-67891233-abcdef012345678912345678', '1-67891233-abcdef012345678912345678'],
  ['Root=hunter2', undefined],
  ['', undefined],
])('the trace of %j is %s', (header, traceId) => {
  log([{ status: 200 }], { 'x-amzn-trace-id': header })
  expect(lines()[0]?.['traceId']).toBe(traceId)
})

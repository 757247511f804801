import type { Context } from 'aws-lambda'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Secret } from '#shared/kernel/secret.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import { StoreUnavailable } from '#shared/ports/store-unavailable.ts'
import { tenant } from '../../test/support/builders.ts'
import { httpEvent } from '../../test/support/http-events.ts'
import { oauthJson } from './render-error/oauth-json.ts'
import { jsonNoStore } from './respond/json.ts'

vi.stubEnv('AWS_REGION', 'eu-central-1')
vi.stubEnv('TABLE_NAME', 'table')
vi.stubEnv('WRAPPING_KEY_ARN', 'arn')
vi.stubEnv('ORIGIN_SECRET', 'through the edge')

const { endpoint } = await import('./endpoint.ts')
const { tenants } = await import('./deps/tenants.ts')

const find = vi
  .spyOn(tenants, 'find')
  .mockImplementation(async (id) => (id === 'acme' ? tenant() : undefined))

const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
const lines = (): string => log.mock.calls.map(([text]) => text).join('')

beforeEach(() => {
  log.mockClear()
  find.mockClear()
})

const through = { 'x-origin-secret': 'through the edge' }

/** Runs an endpoint whose flow does `run`. */
function call(
  run: () => Promise<object>,
  { headers = through, ...sent }: Parameters<typeof httpEvent>[0] & { headers?: object } = {},
) {
  const handler = endpoint({
    name: 'some.endpoint',
    parse: (request) => request.query,
    run,
    respond: jsonNoStore,
    errors: oauthJson,
  })
  return handler(
    httpEvent({ ...sent, headers: { ...headers } }),
    Object.create(null) satisfies Context,
  )
}

test('parse, run, respond', async () => {
  expect(await call(async () => ({ a: 1 }))).toMatchObject({ statusCode: 200, body: '{"a":1}' })
})

describe('a request that went around the distribution', () => {
  test.each([{}, { 'x-origin-secret': '' }, { 'x-origin-secret': 'Through the edge' }])(
    'is refused before anything is looked up: %j',
    async (headers) => {
      const run = vi.fn(async () => ({}))
      expect(await call(run, { headers })).toMatchObject({ statusCode: 403 })
      expect(run).not.toHaveBeenCalled()
      expect(find).not.toHaveBeenCalled()
    },
  )
})

describe('rfc9110 section 15.5.5: a tenant that is not there', () => {
  test.each(['other', 'oauth2', 'ACME', 'a#b', '', '..'])('%s is 404', async (id) => {
    const run = vi.fn(async () => ({}))
    expect(await call(run, { tenant: id })).toMatchObject({ statusCode: 404 })
    expect(run).not.toHaveBeenCalled()
  })

  test('a text that can be no tenant is not looked up', async () => {
    await call(async () => ({}), { tenant: 'a#b' })
    expect(find).not.toHaveBeenCalled()
  })
})

describe('what the rules throw', () => {
  test('a refusal is told in the way of the endpoint, its rule in the log alone', async () => {
    const refusal = invalidRequest('some/rule', 'not like this')
    const answer = await call(() => Promise.reject(refusal))
    expect(answer).toMatchObject({ statusCode: 400 })
    expect(answer.body).toContain('not like this')
    expect(answer.body).not.toContain('some/rule')
    expect(lines()).toContain('"rule":"some/rule"')
  })

  test('a store that does not answer is 503', async () => {
    const failure = new StoreUnavailable('no', new Error('throttled'))
    const answer = await call(() => Promise.reject(failure))
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } })
    expect(lines()).toContain('throttled')
  })

  test('anything else is 500: the caller learns nothing, the log everything', async () => {
    const bug = new TypeError('a bug', { cause: new Error('deeper') })
    const answer = await call(() => Promise.reject(bug))
    expect(answer).toMatchObject({ statusCode: 500 })
    expect(answer.body).not.toMatch(/bug|deeper|endpoint\.ts/)
    expect(lines()).toMatch(/"level":"error"/)
    expect(lines()).toMatch(/a bug[\s\S]*deeper/)
  })
})

describe('owasp asvs 5.0: the log', () => {
  test('fapi1 baseline section 7.4.1 and 7.4.2: has one line of JSON a request, without query, header and address', async () => {
    const headers = { ...through, authorization: 'Bearer hunter2' }
    await call(async () => ({}), { headers, query: 'code=hunter2', cookies: ['s=hunter2'] })
    expect(log).toHaveBeenCalledTimes(1)
    expect(JSON.parse(lines())).toMatchObject({
      level: 'info',
      endpoint: 'some.endpoint',
      requestId: 'request-1',
      tenant: 'acme',
      method: 'GET',
      status: 200,
    })
    expect(lines()).not.toMatch(/hunter2|203\.0\.113\.9/)
  })

  test('cannot hold a secret, even one inside of what went wrong', async () => {
    const cause = Object.assign(new Error('bad'), { secret: new Secret('hunter2') })
    await call(() => Promise.reject(cause))
    expect(lines()).not.toContain('hunter2')
  })
})

interface Made {
  readonly run?: () => Promise<object>
  readonly nonce?: () => Promise<string | undefined>
}

describe('rfc9449 section 8.2: a nonce for the next proof', () => {
  const asked = async (
    headers: Record<string, string>,
    { run = async () => ({}), nonce = async () => 'n' }: Made = {},
  ) => {
    const handler = endpoint({
      name: 'some.endpoint',
      parse: () => undefined,
      run,
      respond: jsonNoStore,
      errors: oauthJson,
      proofNonce: nonce,
    })
    const event = httpEvent({ headers: { ...through, ...headers } })
    return handler(event, Object.create(null) satisfies Context)
  }
  const refuse = async () => {
    throw invalidRequest('some/rule', 'no')
  }

  test('comes with the answer to one, and with its refusal', async () => {
    const answers = [await asked({ dpop: 'x' }), await asked({ dpop: 'x' }, { run: refuse })]
    for (const { headers } of answers) expect(headers).toMatchObject({ 'dpop-nonce': 'n' })
  })

  test('comes to nobody else', async () => {
    expect((await asked({})).headers).not.toHaveProperty('dpop-nonce')
    const { headers } = await call(async () => ({}), { headers: { ...through, dpop: 'x' } })
    expect(headers).not.toHaveProperty('dpop-nonce')
  })

  test('rfc9449 section 11.3: comes to nobody where the tenant makes none', async () => {
    const answer = await asked({ dpop: 'x' }, { nonce: async () => undefined })
    expect(answer.headers).not.toHaveProperty('dpop-nonce')
  })

  test('attestation-based client authentication section 6.2: an attested client gets a challenge', async () => {
    const { headers } = await asked({ 'oauth-client-attestation': 'x' })
    expect(headers).toMatchObject({ 'oauth-client-attestation-challenge': 'n' })
    expect(headers).not.toHaveProperty('dpop-nonce')
  })

  test('that cannot be made spoils no answer', async () => {
    const answer = await asked({ dpop: 'x' }, { nonce: refuse })
    expect(answer).toMatchObject({ statusCode: 200 })
    expect(answer.headers).not.toHaveProperty('dpop-nonce')
  })
})

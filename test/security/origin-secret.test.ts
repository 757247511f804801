import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { endpoints } from '#infra/endpoints.ts'
import { renderEvent } from '#local/http-event.ts'

const secret = 'the-secret-that-only-the-distribution-knows'

/** Nothing listens there: a function that went on to the table would fail. */
const environment = {
  AWS_REGION: 'eu-central-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  TABLE_NAME: 'table',
  WRAPPING_KEY_ARN: 'arn:aws:kms:eu-central-1:111111111111:key/1',
  ORIGIN_SECRET: secret,
}

beforeAll(() => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  vi.spyOn(console, 'log').mockImplementation(() => {})
})
afterAll(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** A request straight to the API, past the distribution and its firewall. */
function directCall(routeKey: string, presented: string | undefined): APIGatewayProxyEventV2 {
  const [method = '', path = ''] = routeKey.split(' ')
  return renderEvent(
    {
      method,
      path,
      queryString: '',
      headers: presented === undefined ? [] : [['x-origin-secret', presented]],
      body: Buffer.alloc(0),
      sourceAddress: '203.0.113.7',
    },
    // No tenant has this name, so that even a call that is let in reads nothing.
    { route: { method, path, functionName: 'f' }, pathParameters: { tenant: 'NONE' } },
    { accountId: '1', apiId: 'a', domainName: 'a', requestId: 'r', time: new Date(0) },
  )
}

describe.each(Object.entries(endpoints))('%s', (_, { entry, routes }) => {
  const call = async (presented: string | undefined) => {
    const { handler } = await import(/* @vite-ignore */ `../../${entry}`)
    const result: APIGatewayProxyStructuredResultV2 = await handler(
      directCall(routes[0], presented),
      {},
    )
    return result
  }

  test('asvs 13.2.1: without the secret of the distribution, or with a wrong one, a call is 403', async () => {
    const guesses = [undefined, '', 'guess', secret.toUpperCase(), secret.slice(1), `${secret} `]
    for (const guess of guesses) {
      const { statusCode, body = '' } = await call(guess)
      expect(statusCode).toBe(403)
      expect(body).toContain('access_denied')
      expect(body).not.toContain(secret)
    }
  })

  test('with it, a call is let in', async () => {
    expect((await call(secret)).statusCode).toBe(404)
  })
})

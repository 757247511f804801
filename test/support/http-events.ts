import type { APIGatewayProxyEventV2 } from 'aws-lambda'

interface Sent {
  readonly method?: string
  readonly route?: string
  readonly query?: string
  readonly tenant?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  readonly body?: string
  readonly isBase64Encoded?: boolean
}

const forwarded = { 'x-forwarded-for': '203.0.113.9, 198.51.100.1' }

/** An event of the HTTP API as it comes through the distribution. */
export function httpEvent(sent: Sent = {}): APIGatewayProxyEventV2 {
  const { method = 'GET', tenant = 'acme' } = sent
  const route = sent.route ?? `${method} /{tenant}/signin`
  const rawPath = `/${tenant}/signin`
  return {
    version: '2.0',
    routeKey: route,
    rawPath,
    rawQueryString: sent.query ?? '',
    headers: { ...forwarded, ...sent.headers },
    cookies: [...(sent.cookies ?? [])],
    pathParameters: { tenant },
    isBase64Encoded: sent.isBase64Encoded ?? false,
    ...(sent.body === undefined ? {} : { body: sent.body }),
    requestContext: {
      accountId: '111122223333',
      apiId: 'api',
      domainName: 'api.example',
      domainPrefix: 'api',
      http: {
        method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '198.51.100.7',
        userAgent: 'test',
      },
      requestId: 'request-1',
      routeKey: route,
      stage: '$default',
      time: '15/Jan/2027:08:00:00 +0000',
      timeEpoch: 1_800_000_000_000,
    },
  }
}

const formType = { 'content-type': 'application/x-www-form-urlencoded' }

/** A posted form. */
export const formEvent = (body: string, sent: Sent = {}): APIGatewayProxyEventV2 =>
  httpEvent({ method: 'POST', ...sent, body, headers: { ...formType, ...sent.headers } })

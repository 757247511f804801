import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { RouteMatch } from './routes.ts'
import { routeKeyOf } from './routes.ts'

/** A request as the edge hands it to the API: header names lower-cased, one entry a line. */
export interface GatewayRequest {
  readonly method: string
  /** Percent-decoded. */
  readonly path: string
  /** As it came, without the question mark. */
  readonly queryString: string
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  readonly body: Buffer
  readonly sourceAddress: string
}

export interface GatewayFacts {
  readonly accountId: string
  readonly apiId: string
  readonly domainName: string
  readonly requestId: string
  readonly time: Date
}

/**
 * Renders the payload format 2.0 of an HTTP API.
 *
 * @spec https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.proxy-format
 */
export function renderEvent(
  request: GatewayRequest,
  match: RouteMatch,
  facts: GatewayFacts,
): APIGatewayProxyEventV2 {
  const headers = joinHeaders(request.headers)
  const cookies = cookiesOf(request.headers)
  const query = joinQuery(request.queryString)
  return {
    version: '2.0',
    routeKey: routeKeyOf(match.route),
    rawPath: request.path,
    rawQueryString: request.queryString,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    requestContext: requestContext(request, match, facts, headers['user-agent'] ?? ''),
    ...(Object.keys(match.pathParameters).length > 0 && { pathParameters: match.pathParameters }),
    ...encodeBody(request.body, headers['content-type']),
  }
}

function requestContext(
  { method, path, sourceAddress }: GatewayRequest,
  match: RouteMatch,
  { accountId, apiId, domainName, requestId, time }: GatewayFacts,
  userAgent: string,
): APIGatewayProxyEventV2['requestContext'] {
  return {
    accountId,
    apiId,
    domainName,
    domainPrefix: apiId,
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: sourceAddress, userAgent },
    requestId,
    routeKey: routeKeyOf(match.route),
    stage: '$default',
    time: commonLogTime(time),
    timeEpoch: time.getTime(),
  }
}

/** Repeated headers are joined by commas; cookies have a field of their own. */
function joinHeaders(headers: GatewayRequest['headers']): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const [name, value] of headers) {
    if (name === 'cookie') continue
    joined[name] = Object.hasOwn(joined, name) ? `${joined[name]},${value}` : value
  }
  return joined
}

const cookiesOf = (headers: GatewayRequest['headers']): string[] =>
  headers
    .filter(([name]) => name === 'cookie')
    .flatMap(([, value]) => value.split(';'))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '')

function joinQuery(queryString: string): Record<string, string> {
  const joined: Record<string, string> = Object.create(null)
  for (const [name, value] of new URLSearchParams(queryString)) {
    joined[name] = name in joined ? `${joined[name]},${value}` : value
  }
  return joined
}

/** What the real gateway takes for text; a form, or a body without a type, is not. */
const textTypes = /^(text\/|application\/(json|xml|javascript)\s*(;|$))/i

function encodeBody(body: Buffer, contentType = ''): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false }
  return textTypes.test(contentType)
    ? { body: body.toString('utf8'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true }
}

/** The time in the form of Apache's common log, such as `12/Mar/2020:19:03:58 +0000`. */
function commonLogTime(time: Date): string {
  const [, day, month, year, clock] = time.toUTCString().split(' ')
  return `${day}/${month}/${year}:${clock} +0000`
}

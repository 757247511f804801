/** What goes back to the viewer. */
export interface GatewayAnswer {
  readonly status: number
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  readonly body: Buffer
}

/** The gateway's own answer, which is always this one JSON member. */
export const refusal = (status: number, message: string): GatewayAnswer => ({
  status,
  headers: [['content-type', 'application/json']],
  body: Buffer.from(JSON.stringify({ message })),
})

export const badRequest = refusal(400, 'Bad Request')
export const forbidden = refusal(403, 'Forbidden')
export const notFound = refusal(404, 'Not Found')
export const entityTooLarge = refusal(413, 'Request Entity Too Large')
export const headersTooLarge = refusal(431, 'Request Header Fields Too Large')
export const internalServerError = refusal(500, 'Internal Server Error')
export const serviceUnavailable = refusal(503, 'Service Unavailable')

/**
 * Reads a function's result of payload format 2.0; a shape the gateway does not know is its 500.
 *
 * @spec https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.v2
 */
export function parseResult(result: unknown): GatewayAnswer {
  if (!isRecord(result) || !('statusCode' in result)) return inferredAnswer(result)
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = result
  const status = Number(statusCode)
  const isWellFormed =
    Number.isInteger(status) &&
    status >= 200 &&
    status <= 599 &&
    isRecord(headers) &&
    Array.isArray(cookies) &&
    typeof body === 'string'
  if (!isWellFormed) return internalServerError
  return {
    status,
    headers: [...headerLines(headers), ...cookies.map((cookie) => setCookie(String(cookie)))],
    body: Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8'),
  }
}

/** A result without `statusCode` is taken for the body of a 200. */
const inferredAnswer = (result: unknown): GatewayAnswer => ({
  status: 200,
  headers: [['content-type', 'application/json']],
  body: Buffer.from(typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null')),
})

function headerLines(headers: Record<string, unknown>): [string, string][] {
  const lines = Object.entries(headers).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    String(value),
  ])
  const hasType = lines.some(([name]) => name === 'content-type')
  return hasType ? lines : [['content-type', 'text/plain;charset=UTF-8'], ...lines]
}

const setCookie = (cookie: string): [string, string] => ['set-cookie', cookie]

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

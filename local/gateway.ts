import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { renderAccess } from './access-log.ts'
import { edgeAddress, passEdge } from './edge.ts'
import {
  badRequest,
  entityTooLarge,
  forbidden,
  type GatewayAnswer,
  headersTooLarge,
  internalServerError,
  notFound,
  parseResult,
  serviceUnavailable,
} from './http-answer.ts'
import { type GatewayFacts, type GatewayRequest, renderEvent } from './http-event.ts'
import type { Outcome } from './lambda-instance.ts'
import type { Recording } from './recording.ts'
import { type RouteMatch, routeKeyOf, selectRoute } from './routes.ts'
import type { Listener } from './server.ts'
import type { LocalRoute } from './template.ts'
import { newTraceRoot, traceHeader, traceRoot } from './trace.ts'
import { headerLines, parseTarget, readBody } from './viewer-request.ts'

type Invoke = (
  name: string,
  event: APIGatewayProxyEventV2,
  facts: { readonly requestId: string; readonly trace: string },
) => Promise<Outcome>

export interface GatewayOptions {
  readonly routes: readonly LocalRoute[]
  readonly edgeHeaders: Readonly<Record<string, string>>
  /** True for the distribution that asks viewers for their certificates. */
  readonly asksForCertificates?: boolean
  readonly region: string
  readonly accountId: string
  readonly invoke: Invoke
  /** How the API writes a line of its access log. */
  readonly accessLogFormat?: string | undefined
  /** Is told everything that passes. */
  readonly recording?: Pick<Recording, 'access' | 'exchange'>
}

/** Request line and header values together. */
const headerLimitBytes = 10_240

/** What Lambda takes for one synchronous event. */
const eventLimitBytes = 6 * 1024 * 1024

const apiId = 'local'

/** Answers as CloudFront with an HTTP API behind it would, from the template's own routes. */
export function createGateway(options: GatewayOptions): Listener {
  return async (request, response) => {
    const requestId = randomUUID()
    const body = await readBody(request)
    const answer = await answerTo(request, body, requestId, options)
    record({ request, body, answer, requestId }, options)
    response.setHeader('apigw-requestid', requestId)
    sendAnswer(response, answer, request)
  }
}

async function answerTo(
  request: IncomingMessage,
  body: Buffer | undefined,
  requestId: string,
  options: GatewayOptions,
): Promise<GatewayAnswer> {
  const method = request.method ?? 'GET'
  const isSafe = method === 'GET' || method === 'HEAD'
  if (!body) return entityTooLarge
  // CloudFront refuses a GET with a body.
  if (isSafe && body.length > 0) return forbidden
  const target = parseTarget(request.url ?? '')
  if (!target) return badRequest
  const originHost = `${apiId}.execute-api.${options.region}.amazonaws.com`
  const viewerAddress = request.socket.remoteAddress ?? ''
  const viewerHeaders = headerLines(request.rawHeaders)
  const headers = passEdge(viewerHeaders, {
    edgeHeaders: options.edgeHeaders,
    viewerAddress,
    originHost,
    ...(options.asksForCertificates && { viewerCertificate: certificateOf(request) }),
  })
  if (headBytes(request, headers) > headerLimitBytes) return headersTooLarge
  const match = selectRoute(options.routes, method, target.path)
  if (!match) return notFound
  const forwarded: GatewayRequest = {
    ...target,
    method,
    headers,
    body,
    sourceAddress: edgeAddress,
  }
  const facts = { ...options, apiId, domainName: originHost, requestId, time: new Date() }
  return invokeFunction(forwarded, match, facts, options.invoke)
}

/** A certificate that was not presented is an object without members. */
const certificateOf = ({ socket }: IncomingMessage): { readonly der: Uint8Array | undefined } => ({
  der: socket instanceof TLSSocket ? socket.getPeerCertificate()?.raw : undefined,
})

interface Passed {
  readonly request: IncomingMessage
  readonly body: Buffer | undefined
  readonly answer: GatewayAnswer
  readonly requestId: string
}

function record({ request, body, answer, requestId }: Passed, options: GatewayOptions): void {
  const { recording, accessLogFormat, routes } = options
  const { method = 'GET', url = '' } = request
  recording?.exchange({
    method,
    url,
    requestHeaders: headerLines(request.rawHeaders),
    requestBody: body?.toString('utf8') ?? '',
    status: answer.status,
    responseHeaders: answer.headers,
    responseBody: answer.body.toString('utf8'),
  })
  if (accessLogFormat === undefined) return
  const path = parseTarget(url)?.path ?? ''
  const match = selectRoute(routes, method, path)
  const line = renderAccess(accessLogFormat, {
    requestId,
    method,
    path,
    routeKey: match ? routeKeyOf(match.route) : '-',
    status: answer.status,
    responseBytes: answer.body.length,
    sourceAddress: edgeAddress,
    time: new Date(),
  })
  recording?.access(line)
}

const headBytes = (request: IncomingMessage, headers: GatewayRequest['headers']): number =>
  Buffer.byteLength(`${request.method} ${request.url} HTTP/1.1`) +
  headers.reduce((sum, [, value]) => sum + Buffer.byteLength(value), 0)

const headerOf = ({ headers }: GatewayRequest, name: string): string | undefined =>
  headers.find(([each]) => each === name)?.[1]

/** The API goes on with the trace that a request brings, or begins one. */
const withTrace = (request: GatewayRequest, trace: string): GatewayRequest => ({
  ...request,
  headers: [
    ...request.headers.filter(([name]) => name !== traceHeader),
    [traceHeader, `Root=${trace}`],
  ],
})

async function invokeFunction(
  request: GatewayRequest,
  match: RouteMatch,
  facts: GatewayFacts,
  invoke: Invoke,
): Promise<GatewayAnswer> {
  const trace = traceRoot(headerOf(request, traceHeader)) ?? newTraceRoot(facts.time)
  const event = renderEvent(withTrace(request, trace), match, facts)
  if ((event.body?.length ?? 0) > eventLimitBytes) return entityTooLarge
  const outcome = await invoke(match.route.functionName, event, {
    requestId: facts.requestId,
    trace,
  })
  if (outcome.kind === 'answered') return parseResult(outcome.payload)
  return outcome.kind === 'failed' ? internalServerError : serviceUnavailable
}

/** A browser would hold it against every port of `localhost`, for years; over http it has no effect. */
const isKeptBack = (name: string, request: IncomingMessage): boolean =>
  name === 'strict-transport-security' && 'encrypted' in request.socket

function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: GatewayAnswer,
  request: IncomingMessage,
): void {
  for (const [name, value] of headers) {
    if (!isKeptBack(name, request)) response.appendHeader(name, value)
  }
  const mayHaveBody = status !== 204 && status !== 304
  if (mayHaveBody) response.setHeader('content-length', body.length)
  response.writeHead(status)
  response.end(request.method === 'HEAD' || !mayHaveBody ? undefined : body)
}

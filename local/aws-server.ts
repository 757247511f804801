import { randomUUID } from 'node:crypto'
import http from 'node:http'
import { ZodError } from 'zod'
import { type Authorization, principalsOf } from './aws-authorization.ts'
import { type ReceivedRequest, receive, signedFor } from './aws-request.ts'
import { type FunctionCall, ResponseDropped } from './faults.ts'
import { s3ErrorResponse } from './services/s3-xml.ts'
import { AwsError, type AwsResponse, type LocalService } from './services/service.ts'
import { stsErrorResponse } from './services/sts-answer.ts'
import type { LocalSystem } from './template.ts'
import { traceHeader, traceRoot } from './trace.ts'

function failureOf(error: unknown): AwsError {
  if (error instanceof AwsError) return error
  if (error instanceof ZodError) return new AwsError('ValidationException', error.message)
  return new AwsError('InternalFailure', `The local cloud failed: ${error}`, 500)
}

/** The code in the body for the JSON protocols, in a header for REST: both are always there. */
function errorResponse(error: AwsError): AwsResponse {
  const body = { __type: error.code, message: error.message, Message: error.message }
  return {
    status: error.status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': error.code },
    body: Buffer.from(JSON.stringify(body)),
  }
}

function renderError(message: http.IncomingMessage, error: AwsError): AwsResponse {
  const service = signedFor(message)
  if (service === 's3') return s3ErrorResponse(error)
  return service === 'sts' ? stsErrorResponse(error, message.headers.accept) : errorResponse(error)
}

/** The SDK says in its headers which attempt of which call this is, and for which event it is made. */
function functionCall(fn: string, { service, request }: ReceivedRequest): FunctionCall {
  const { action, headers, input } = request
  const [, attempt = '1'] = /attempt=(\d+)/.exec(headers['amz-sdk-request'] ?? '') ?? []
  return {
    function: fn,
    service,
    action,
    input,
    trace: traceRoot(headers[traceHeader]),
    invocation: headers['amz-sdk-invocation-id'] ?? randomUUID(),
    attempt: Number(attempt),
  }
}

function send(response: http.ServerResponse, answer: AwsResponse): void {
  response.writeHead(answer.status, {
    'x-amzn-requestid': randomUUID(),
    ...answer.headers,
    'content-length': answer.body.length,
  })
  response.end(answer.body)
}

/** Carries out an attempt of a function to call AWS, or lets it fail. */
export type Attempt = (
  call: FunctionCall,
  serve: () => Promise<AwsResponse>,
) => Promise<AwsResponse>

/** Answers one request: who asks, may they, and then the service. */
export function createHandler(
  system: LocalSystem,
  all: readonly LocalService[],
  authorization: Pick<Authorization, 'demand' | 'waive'>,
  operatorId: string,
  attempt: Attempt,
) {
  const services = new Map(all.map((service) => [service.name, service]))
  const callers = new Map(principalsOf(system).map((each) => [each.accessKeyId, each]))
  return async (message: http.IncomingMessage): Promise<AwsResponse> => {
    const received = await receive(message)
    const { accessKeyId, service: name, request } = received
    const caller = callers.get(accessKeyId)
    const service = services.get(name)
    if (!service) throw new AwsError('UnknownOperationException', `There is no ${name} here`)
    if (service.identifiesCallers) return service.serve(request)
    if (caller) {
      authorization.demand(caller, name, service.questions(request))
      return attempt(functionCall(caller.name, received), () => service.serve(request))
    }
    if (accessKeyId === operatorId) authorization.waive(name, service.questions(request))
    else {
      throw new AwsError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      )
    }
    return service.serve(request)
  }
}

/** Answers over HTTP; a dropped response is a connection that ends. */
export function createServer(handle: ReturnType<typeof createHandler>): http.Server {
  return http.createServer((message, response) => {
    handle(message).then(
      (answer) => send(response, answer),
      (error: unknown) => {
        if (error instanceof ResponseDropped) message.socket.destroy()
        else send(response, renderError(message, failureOf(error)))
      },
    )
  })
}

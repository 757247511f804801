import type { IncomingMessage } from 'node:http'
import { ownEntry } from './own-entry.ts'
import { s3Operation } from './services/s3.ts'
import { AwsError, type AwsRequest, unknownOperation } from './services/service.ts'

/** A request before anybody has been asked whether it may be served. */
export interface ReceivedRequest {
  readonly accessKeyId: string
  /** As policies name it. */
  readonly service: string
  readonly request: AwsRequest
}

/** What stands before the dot of `X-Amz-Target` -> the service, as policies name it. */
const targets: Readonly<Record<string, string>> = {
  AWSEvents: 'events',
  AmazonAthena: 'athena',
  AmazonSQS: 'sqs',
  AmazonSSM: 'ssm',
  DynamoDBStreams_20120810: 'dynamodb',
  DynamoDB_20120810: 'dynamodb',
  Firehose_20150804: 'firehose',
  TrentService: 'kms',
}

/** Method and path -> service and action, for the services that speak REST. */
const restOperations: Readonly<Record<string, readonly [string, string]>> = {
  'POST /v2/email/outbound-emails': ['ses', 'SendEmail'],
}

/** What a real endpoint takes at most is less, for each of the services. */
const bodyBytes = 20 * 1024 * 1024

/** @spec https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html */
function signerOf(authorization: string | undefined) {
  const [, accessKeyId, scope] =
    /^AWS4-HMAC-SHA256 Credential=([\w-]+)\/\d{8}\/[^/]*\/(\w+)\//.exec(authorization ?? '') ?? []
  if (accessKeyId !== undefined) return { accessKeyId, scope }
  throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403)
}

function operationOf(method: string, path: string, target: string | undefined) {
  const [prefix = '', action = ''] = (target ?? '').split('.')
  const found = target
    ? [ownEntry(targets, prefix), action]
    : ownEntry(restOperations, `${method} ${path}`)
  const [service, name] = found ?? []
  if (service && name) return { service, action: name }
  throw unknownOperation(target ?? `${method} ${path}`)
}

/** The service that a request is signed for: S3 and STS do not answer as the others do. */
export const signedFor = ({ headers }: IncomingMessage): string | undefined =>
  /^[^,]*\/(\w+)\/aws4_request/.exec(headers.authorization ?? '')?.[1]

function s3OperationOf(method: string, path: string) {
  const action = s3Operation(method, path)
  if (action === undefined) throw new AwsError('NotImplemented', `${method} ${path}`, 501)
  return { service: 's3', action, input: {} }
}

/** What is asked of STS stands in a form. */
function stsOperationOf(body: Buffer) {
  const input = Object.fromEntries(new URLSearchParams(body.toString()))
  return { service: 'sts', action: input['Action'] ?? '', input }
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message) {
    chunks.push(chunk)
    length += chunk.length
    if (length > bodyBytes) throw new AwsError('RequestEntityTooLarge', 'Too large', 413)
  }
  return Buffer.concat(chunks)
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseJson(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = body.length > 0 ? JSON.parse(body.toString()) : {}
    if (isRecord(parsed)) return parsed
  } catch {
    // the error below says it
  }
  throw new AwsError('SerializationException', 'The body is not a JSON object')
}

const singleHeaders = (message: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, String(value ?? '')]),
  )

function operationIn(
  { method, path, headers, body }: Omit<AwsRequest, 'action' | 'input'>,
  scope: string | undefined,
) {
  if (scope === 's3') return s3OperationOf(method, path)
  if (scope === 'sts') return stsOperationOf(body)
  return { ...operationOf(method, path, headers['x-amz-target']), input: parseJson(body) }
}

/**
 * Recognises caller, service and action of what an SDK client sent.
 *
 * The signature itself is not checked, but by STS: the endpoint is on loopback, and its callers' keys are no secrets.
 *
 * @throws AwsError
 */
export async function receive(message: IncomingMessage): Promise<ReceivedRequest> {
  const { method = 'GET', url: path = '/' } = message
  const body = await bodyOf(message)
  const headers = singleHeaders(message)
  const { accessKeyId, scope } = signerOf(headers['authorization'])
  const asked = { method, path, headers, body }
  const { service, action, input } = operationIn(asked, scope)
  return { accessKeyId, service, request: { ...asked, action, input } }
}

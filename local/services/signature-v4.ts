import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { AwsRequest } from './service.ts'

/** What the header `Authorization` says of a signature. */
export interface Signature {
  readonly accessKeyId: string
  /** `YYYYMMDD`, the region, the service and `aws4_request`. */
  readonly scope: readonly string[]
  readonly signedHeaders: readonly string[]
  readonly value: Buffer
}

const form =
  /^AWS4-HMAC-SHA256 Credential=([\w-]+)\/(\d{8}\/[\w-]*\/\w+\/aws4_request), ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/

export function parseSignature(authorization: string | undefined): Signature | undefined {
  const [, accessKeyId, scope, headers, value] = form.exec(authorization ?? '') ?? []
  if (accessKeyId === undefined || scope === undefined) return undefined
  return {
    accessKeyId,
    scope: scope.split('/'),
    signedHeaders: headers?.split(';') ?? [],
    value: Buffer.from(value ?? '', 'hex'),
  }
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')

const hmac = (key: string | Buffer, data: string): Buffer =>
  createHmac('sha256', key).update(data).digest()

/** For a path that needs no encoding, without a query. */
const canonicalRequest = (
  { method, path, headers, body }: AwsRequest,
  signedHeaders: readonly string[],
): string =>
  [
    method,
    path,
    '',
    ...signedHeaders.map((name) => `${name}:${headers[name]?.trim().replaceAll(/ +/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    sha256(body),
  ].join('\n')

/**
 * True when whoever has signed the request knows the secret.
 *
 * @spec https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function isSignedWith(
  secretAccessKey: string,
  request: AwsRequest,
  { scope, signedHeaders, value }: Signature,
): boolean {
  const toSign = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'],
    scope.join('/'),
    sha256(canonicalRequest(request, signedHeaders)),
  ].join('\n')
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`)
  return timingSafeEqual(hmac(key, toSign), value)
}

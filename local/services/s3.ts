import { createHash } from 'node:crypto'
import type { LocalSystem } from '../template.ts'
import { contentOf } from './s3-body.ts'
import type { S3Files } from './s3-files.ts'
import { xmlResponse } from './s3-xml.ts'
import {
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type LocalService,
  type Question,
  unknownOperation,
} from './service.ts'

interface Address {
  readonly bucket: string
  readonly key: string
  readonly query: URLSearchParams
}

/** Path style, which is what the SDKs send to an address of digits. */
function addressOf(path: string): Address {
  // A URL would resolve dots, which are part of a key.
  const [, pathname = '', query = ''] = /^\/([^?]*)\??(.*)$/.exec(path) ?? []
  const [bucket = '', ...segments] = pathname.split('/').map(decodeURIComponent)
  return { bucket, key: segments.join('/'), query: new URLSearchParams(query) }
}

/** Parts, versions, tags and the rest of S3 are asked for in the query. */
const subresources = ['partNumber', 'uploadId', 'uploads', 'versionId', 'tagging', 'acl', 'delete']

/** What the SDK's client calls the operation, or `undefined` for one that is not served. */
export function s3Operation(method: string, path: string): string | undefined {
  const { key, query } = addressOf(path)
  if (subresources.some((name) => query.has(name))) return undefined
  if (key === '') {
    return method === 'GET' && query.get('list-type') === '2' ? 'ListObjectsV2' : undefined
  }
  return { PUT: 'PutObject', GET: 'GetObject' }[method]
}

const entityTag = (body: Buffer): string => `"${createHash('md5').update(body).digest('hex')}"`

const empty = (headers: Readonly<Record<string, string>>): AwsResponse => ({
  status: 200,
  headers,
  body: Buffer.alloc(0),
})

const operations: Readonly<
  Record<string, (files: S3Files, address: Address, request: AwsRequest) => Promise<AwsResponse>>
> = {
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
  async PutObject(files, { bucket, key }, request) {
    const ifNoneMatch = request.headers['if-none-match']
    if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
      throw new AwsError('NotImplemented', 'If-None-Match takes no other value than *', 501)
    }
    const content = contentOf(request)
    const isWritten = await files.put(bucket, key, content, ifNoneMatch === '*')
    if (isWritten) return empty({ etag: entityTag(content) })
    const message = 'At least one of the pre-conditions you specified did not hold'
    throw new AwsError('PreconditionFailed', message, 412)
  },

  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
  async GetObject(files, { bucket, key }) {
    const found = await files.get(bucket, key)
    if (!found) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404)
    const { body, lastModified } = found
    const headers = {
      'content-type': 'binary/octet-stream',
      etag: entityTag(body),
      'last-modified': lastModified.toUTCString(),
    }
    return { status: 200, headers, body }
  },

  ListObjectsV2: (files, { bucket, query }) => listObjects(files, bucket, query),
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
async function listObjects(files: S3Files, bucket: string, query: URLSearchParams) {
  const prefix = query.get('prefix') ?? ''
  const token = query.get('continuation-token')
  const startAfter = token ? Buffer.from(token, 'base64').toString() : query.get('start-after')
  const maxKeys = Math.min(Number(query.get('max-keys') ?? 1000), 1000)
  const all = await files.list(bucket, prefix)
  const after = all.findIndex(({ key }) => key > (startAfter ?? ''))
  const rest = after < 0 ? [] : all.slice(after)
  const page = rest.slice(0, maxKeys)
  const last = page.at(-1)?.key
  const isTruncated = rest.length > page.length
  return xmlResponse('ListBucketResult', {
    Name: bucket,
    Prefix: prefix,
    KeyCount: page.length,
    MaxKeys: maxKeys,
    IsTruncated: isTruncated,
    ...(isTruncated && last && { NextContinuationToken: Buffer.from(last).toString('base64') }),
    Contents: page.map(({ key, size, lastModified }) => ({
      Key: key,
      LastModified: lastModified.toISOString(),
      Size: size,
      StorageClass: 'STANDARD',
    })),
  })
}

function questionOf(action: string, { bucket, key, query }: Address): Question {
  const arn = `arn:aws:s3:::${bucket}`
  if (action !== 'ListObjectsV2') {
    return { action: `s3:${action}`, resource: `${arn}/${key}`, context: {} }
  }
  const prefix = query.get('prefix') ?? ''
  return { action: 's3:ListBucket', resource: arn, context: { 's3:prefix': prefix } }
}

/** The template's buckets, for whole objects in one part; one without delimiter, versions and tags. */
export function createS3({ buckets }: Pick<LocalSystem, 'buckets'>, files: S3Files): LocalService {
  return {
    name: 's3',
    conditionKeys: ['s3:prefix'],
    questions: ({ action, path }) => [questionOf(action, addressOf(path))],
    async serve(request) {
      const address = addressOf(request.path)
      const operation = operations[request.action]
      if (!operation) throw unknownOperation(request.action)
      if (!buckets.some(({ name }) => name === address.bucket)) {
        throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404)
      }
      return operation(files, address, request)
    },
    close: async () => undefined,
  }
}

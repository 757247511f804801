import { Readable } from 'node:stream'
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LakeFixture, startLakeFixture } from './lake-fixture.ts'
import { failureOf } from './local-fixture.ts'

const Bucket = 'fixture-log'
let fixture: LakeFixture
let operator: S3Client
let worker: S3Client

beforeAll(async () => {
  fixture = await startLakeFixture()
  operator = new S3Client(fixture.clientOf('operator'))
  worker = new S3Client(fixture.clientOf('worker'))
})

afterAll(() => fixture?.endpoint.close())

const put = (Key: string, Body: string | Uint8Array, more = {}) =>
  operator.send(new PutObjectCommand({ Bucket, Key, Body, ...more }))

async function get(Key: string, client = operator): Promise<string | undefined> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
  return Body?.transformToString()
}

test.each(['a.txt', 'day=2026-01-01/bucket=07/x.parquet', 'ä b/%2F+?#&.txt', 'dots/../..', 'end/'])(
  'S3 PutObject: the key %j gives back what was put there',
  async (key) => {
    await put(key, `content of ${key}`)
    expect(await get(key)).toBe(`content of ${key}`)
    const listed = await operator.send(new ListObjectsV2Command({ Bucket, Prefix: key }))
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual([key])
  },
)

test('S3 PutObject: a stream, sent in chunks with its checksum at the end, is stored without them', async () => {
  const parts = ['first ', 'second ', 'third'.repeat(50_000)]
  await operator.send(
    new PutObjectCommand({
      Bucket,
      Key: 'streamed',
      Body: Readable.from(parts.map((part) => Buffer.from(part))),
      ContentLength: parts.join('').length,
    }),
  )
  expect(await get('streamed')).toBe(parts.join(''))
})

test('S3 PutObject: a checksum of other bytes is BadDigest, and nothing is stored', async () => {
  expect(await failureOf(put('broken', 'text', { ChecksumSHA256: 'AAAA' }))).toContain('BadDigest')
  expect(await failureOf(get('broken'))).toContain('NoSuchKey')
})

test('S3 PutObject: of many If-None-Match: * at once exactly one succeeds', async () => {
  const attempts = Array.from({ length: 10 }, (_, index) =>
    put('once', `attempt ${index}`, { IfNoneMatch: '*' }).then(
      () => 'stored',
      (error: Error) => error.name,
    ),
  )
  const outcomes = await Promise.all(attempts)
  expect(outcomes.toSorted()).toEqual([...Array(9).fill('PreconditionFailed'), 'stored'])
  await put('once', 'replaced')
  expect(await get('once')).toBe('replaced')
})

test('S3 ListObjectsV2: by prefix, in the order of the keys, page by page', async () => {
  for (const name of ['c', 'a', 'b/1', 'B']) await put(`listed/${name}`, name)
  const list = (more = {}) =>
    operator.send(new ListObjectsV2Command({ Bucket, Prefix: 'listed/', MaxKeys: 3, ...more }))
  const first = await list()
  expect(first.Contents?.map(({ Key }) => Key)).toEqual(['listed/B', 'listed/a', 'listed/b/1'])
  expect(first).toMatchObject({ IsTruncated: true, KeyCount: 3 })
  const rest = await list({ ContinuationToken: first.NextContinuationToken })
  expect(rest.Contents).toMatchObject([{ Key: 'listed/c', Size: 1 }])
  expect(rest.IsTruncated).toBe(false)
})

test('S3: errors are those that the client knows by name', async () => {
  expect(await failureOf(get('none'))).toContain('NoSuchKey')
  const elsewhere = operator.send(new ListObjectsV2Command({ Bucket: 'nobodys' }))
  expect(await failureOf(elsewhere)).toContain('NoSuchBucket')
})

test('S3: a role reads below the prefix of its statement, and is refused elsewhere in words of AWS', async () => {
  await put('log/mine', 'mine')
  expect(await get('log/mine', worker)).toBe('mine')
  expect(await failureOf(get('a.txt', worker))).toMatch(
    /^AccessDenied: User: .* is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::fixture-log\/a.txt/,
  )
})

/** Delivers a journal's files to S3 until it is killed; nothing here has to end in order. */
import { mkdirSync, rmSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createEndpointClient } from '../endpoint-client.ts'
import type { DeliverySettings } from './firehose-delivery.ts'
import { readyFiles } from './firehose-journal.ts'
import { createParquetWriter } from './firehose-parquet.ts'
import {
  errorPrefixOf,
  objectName,
  PartitionError,
  parsePartitionQuery,
  prefixOf,
} from './firehose-partition.ts'

const settings: DeliverySettings = JSON.parse(process.argv[2] ?? '')
const { stream, bucket } = settings
const keys = parsePartitionQuery(settings.partitionQuery)
const client = createEndpointClient(settings)
const scratch = emptyFolder(join(settings.directory, 'scratch'))
const writer = await createParquetWriter(settings.columns, scratch)

/** What a killed predecessor has left there is of no use. */
function emptyFolder(path: string): string {
  rmSync(path, { recursive: true, force: true })
  mkdirSync(path)
  return path
}

/** Firehose tries for a day; here only the end of this process ends it. */
async function put(key: string, body: Uint8Array): Promise<void> {
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 2000)) {
    const answer = await client.putObject(bucket, key, body).catch((error) => String(error))
    if (answer === undefined) return
    await delay(pauseMs)
  }
}

type Sorted = Map<string, string[]>

const addTo = (sorted: Sorted, prefix: string, record: string): void => {
  const records = sorted.get(prefix)
  if (records) records.push(record)
  else sorted.set(prefix, [record])
}

const isJsonSyntax = (error: unknown): boolean =>
  error instanceof SyntaxError || error instanceof PartitionError

/** Sorts records by the prefix that they belong below; those without one are kept apart. */
function sortByPrefix(records: readonly string[], now: Date) {
  const good: Sorted = new Map()
  const bad: string[] = []
  for (const record of records) {
    try {
      addTo(good, prefixOf(settings.prefix, keys, JSON.parse(record), now), record)
    } catch (error) {
      if (!isJsonSyntax(error)) throw error
      bad.push(record)
    }
  }
  return { good, bad }
}

async function putErrors(type: string, records: readonly string[], now: Date): Promise<void> {
  const lines = records.map((record) =>
    JSON.stringify({ rawData: Buffer.from(record).toString('base64'), errorCode: type }),
  )
  const key = `${errorPrefixOf(settings.errorPrefix, type, now)}${objectName(stream, now)}`
  await put(key, Buffer.from(`${lines.join('\n')}\n`))
}

async function putParquet(prefix: string, records: readonly string[], now: Date): Promise<void> {
  const file = await writer.write(records)
  if (file === undefined) return putErrors('format-conversion-failed', records, now)
  await put(`${prefix}${objectName(stream, now)}.parquet`, file)
}

const recordsIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'base64').toString())

/** The files go last: whatever happens before, they are delivered again. */
async function deliver(files: readonly string[]): Promise<void> {
  const now = new Date()
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  const { good, bad } = sortByPrefix(texts.flatMap(recordsIn), now)
  for (const [prefix, group] of good) await putParquet(prefix, group, now)
  if (bad.length > 0) await putErrors('dynamic-partitioning-failed', bad, now)
  await Promise.all(files.map((file) => rm(file)))
}

/** So many at once: fewer and larger objects for one that is behind, and not too much to repeat. */
const filesAtOnce = 20

async function deliverAll(): Promise<void> {
  for (;;) {
    const files = readyFiles(settings.directory).slice(0, filesAtOnce)
    if (files.length === 0) return
    await deliver(files)
  }
}

let isDelivering = false
process.on('message', async () => {
  if (isDelivering) return
  isDelivering = true
  await deliverAll()
  isDelivering = false
})
process.on('disconnect', () => process.exit(0))

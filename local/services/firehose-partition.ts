import { randomUUID } from 'node:crypto'
import { z } from 'zod'

/** Name of a partition key -> the member of the record, by its path. */
export type PartitionKeys = ReadonlyMap<string, readonly string[]>

/** A record whose partition cannot be told. */
export class PartitionError extends Error {}

/**
 * Reads the one form of jq that is spoken here: `{day: .day, bucket: .a.b}`.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning.html
 * @throws Error for everything else, so that a query is never taken for another one
 */
export function parsePartitionQuery(query: string | undefined): PartitionKeys {
  if (query === undefined) return new Map()
  const [, inner] = /^\s*\{(.*)\}\s*$/s.exec(query) ?? []
  if (inner === undefined) throw new Error(`the local cloud cannot read the jq query ${query}`)
  return new Map(
    inner.split(',').map((member) => {
      const [, name, path] = /^\s*"?(\w+)"?\s*:\s*\.(\w+(?:\.\w+)*)\s*$/.exec(member) ?? []
      if (!name || !path) throw new Error(`the local cloud cannot read ${member} in a jq query`)
      return [name, path.split('.')] as const
    }),
  )
}

const scalar = z.union([z.string().min(1), z.number()])

const member = (record: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, name) =>
      inner instanceof Object ? Object.getOwnPropertyDescriptor(inner, name)?.value : undefined,
    record,
  )

const padded = (value: number): string => String(value).padStart(2, '0')

const timestampParts = (now: Date): Readonly<Record<string, string>> => ({
  yyyy: String(now.getUTCFullYear()),
  MM: padded(now.getUTCMonth() + 1),
  dd: padded(now.getUTCDate()),
  HH: padded(now.getUTCHours()),
})

/** Fills in a prefix's `!{namespace:value}` expressions. */
function expand(
  prefix: string,
  expressionFor: (namespace: string, name: string) => string,
): string {
  return prefix.replaceAll(/!\{([\w-]+):([^}]*)\}/g, (_match, namespace: string, name: string) =>
    expressionFor(namespace, name),
  )
}

const timestamp = (format: string, now: Date): string =>
  format.replaceAll(/yyyy|MM|dd|HH/g, (part) => timestampParts(now)[part] ?? part)

/**
 * The prefix that a record is delivered below.
 *
 * @throws PartitionError when a key is missing in the record
 */
export function prefixOf(prefix: string, keys: PartitionKeys, record: unknown, now: Date): string {
  return expand(prefix, (namespace, name) => {
    if (namespace === 'timestamp') return timestamp(name, now)
    if (namespace !== 'partitionKeyFromQuery') throw new Error(`!{${namespace}:${name}} is unknown`)
    const value = scalar.safeParse(member(record, keys.get(name) ?? []))
    if (value.success) return String(value.data)
    throw new PartitionError(`the record has no partition key ${name}`)
  })
}

/** The prefix of what could not be delivered, by the kind of its error. */
export const errorPrefixOf = (prefix: string, errorType: string, now: Date): string =>
  expand(prefix, (namespace, name) => {
    if (namespace === 'timestamp') return timestamp(name, now)
    if (name === 'error-output-type') return errorType
    throw new Error(`!{${namespace}:${name}} is unknown`)
  })

/** @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html */
export function objectName(stream: string, now: Date): string {
  const time = now.toISOString().slice(0, 19).replaceAll(/[T:]/g, '-')
  return `${stream}-1-${time}-${randomUUID()}`
}

import priceFile from './prices.json' with { type: 'json' }
import { rounded } from './statistics.ts'
import type { FlowUsage } from './usage.ts'

/** The lines of a bill, in US dollars for a million runs of a flow. */
export interface Bill {
  readonly lines: Readonly<Record<string, number>>
  readonly total: number
}

/** What the bill needs to know of a function beyond what was recorded. */
export interface FunctionFacts {
  readonly memoryMiB: number
  /** Processor time of one request, in milliseconds of a whole processor. */
  readonly cpuMs: number
}

const { prices, assumptions } = priceFile

type Price = keyof typeof prices

const runs = 1_000_000
const bytesPerGb = 1e9
const kbPerGb = 1e6
const mibPerGb = 1024

const cost = (price: Price, amount: number): number =>
  (amount / prices[price].per) * prices[price].usd

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

const callsTo = (usage: FlowUsage, pattern: RegExp): number =>
  sum(
    Object.values(usage).flatMap(({ calls }) =>
      Object.entries(calls).flatMap(([action, count]) => (pattern.test(action) ? count : [])),
    ),
  )

/** Every write carries one event to the lake. */
export const writesIn = (usage: FlowUsage): number =>
  callsTo(usage, /^dynamodb:(Put|Update|Delete|TransactWrite|BatchWrite)Item/)

/**
 * How long Lambda bills a request: a function has a processor's share in proportion to its memory,
 * and waits for AWS, one call after the other at worst.
 */
export function billedMs(
  { memoryMiB, cpuMs }: FunctionFacts,
  calls: { readonly dynamodb: number; readonly kms: number },
): number {
  const share = Math.min(1, memoryMiB / assumptions.lambda_mib_per_vcpu)
  const waiting =
    calls.dynamodb * assumptions.dynamodb_call_ms + calls.kms * assumptions.kms_call_ms
  return Math.ceil(cpuMs / share + waiting)
}

function lambdaGbSeconds(usage: FlowUsage, facts: Readonly<Record<string, FunctionFacts>>): number {
  const perFunction = Object.entries(usage).map(([name, used]) => {
    const fact = facts[name] ?? { memoryMiB: 0, cpuMs: 0 }
    const per = (pattern: RegExp) => callsTo({ [name]: used }, pattern) / used.requests
    const ms = billedMs(fact, { dynamodb: per(/^dynamodb:/), kms: per(/^kms:/) })
    return (used.requests * ms * fact.memoryMiB) / mibPerGb / 1000
  })
  return sum(perFunction)
}

/** A batch of events: one call of the worker, one of Firehose, and a few lines of log. */
function auditLines(events: number): Readonly<Record<string, number>> {
  const { worker_batch_records, worker_memory_mib, worker_batch_ms } = assumptions
  const batches = events / worker_batch_records
  const seconds = (batches * worker_batch_ms) / 1000
  const deliveredGb = (events * assumptions.ocsf_record_kb) / kbPerGb
  return {
    'stream worker':
      cost('lambda_request', batches) +
      cost('lambda_compute', (seconds * worker_memory_mib) / mibPerGb) +
      cost('logs_ingestion', (batches * assumptions.worker_batch_log_bytes) / bytesPerGb),
    Firehose:
      cost('firehose_ingestion', (events * assumptions.firehose_record_kb) / kbPerGb) +
      cost('firehose_conversion', (events * assumptions.firehose_record_kb) / kbPerGb) +
      cost('firehose_partitioning', deliveredGb),
  }
}

/** What a million runs of a flow cost at list prices, from what one run was recorded to use. */
export function billOf(usage: FlowUsage, facts: Readonly<Record<string, FunctionFacts>>): Bill {
  const requests = runs * sum(Object.values(usage).map((used) => used.requests))
  const logBytes =
    runs * sum(Object.values(usage).map((used) => used.logBytes)) +
    requests * assumptions.http_api_log_bytes
  const lines = {
    CloudFront: cost('cloudfront_request', requests),
    WAF: cost('waf_request', requests),
    'HTTP API': cost('http_api_request', requests),
    'Lambda requests': cost('lambda_request', requests),
    'Lambda compute': cost('lambda_compute', runs * lambdaGbSeconds(usage, facts)),
    'DynamoDB writes': cost(
      'dynamodb_write',
      runs * sum(Object.values(usage).map((used) => used.writeUnits)),
    ),
    'DynamoDB reads': cost(
      'dynamodb_read',
      runs * sum(Object.values(usage).map((used) => used.readUnits)),
    ),
    KMS: cost('kms_request', runs * callsTo(usage, /^kms:/)),
    logs: cost('logs_ingestion', logBytes / bytesPerGb),
    ...auditLines(runs * writesIn(usage)),
  }
  return {
    lines: Object.fromEntries(Object.entries(lines).map(([name, usd]) => [name, rounded(usd)])),
    total: rounded(sum(Object.values(lines))),
  }
}

import { auditColumns, auditPartitions } from './columns.ts'

/** What the lake is called wherever SQL speaks of it. */
export const lake = {
  database: 'sallyport',
  workgroup: 'sallyport',
  /** Everything that was delivered, duplicates included. */
  table: 'audit_log',
  /** Each event exactly once. */
  view: 'audit_events',
} as const

/** Of the deliveries of one event the one that names its actor counts. */
const order = 'actor NULLS LAST, time'

const columns = Object.keys({ ...auditColumns, ...auditPartitions }).join(', ')

/**
 * The view that drops duplicates by event id.
 *
 * Day and bucket stand in the window too: both follow from the event, and a condition on them then
 * still decides which partitions are read.
 */
export const auditEventsSql = [
  `SELECT ${columns}`,
  'FROM (',
  `  SELECT ${columns},`,
  `    row_number() OVER (PARTITION BY day, bucket, id ORDER BY ${order}) AS delivery`,
  `  FROM ${lake.database}.${lake.table}`,
  ') AS deliveries',
  'WHERE delivery = 1',
].join('\n')

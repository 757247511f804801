/** Name and Glue type of each column of the lake, in order; the day and the bucket are its partitions. */
export const auditColumns = {
  id: 'string',
  time: 'timestamp',
  tenant: 'string',
  class_uid: 'int',
  activity: 'string',
  activity_id: 'int',
  status: 'string',
  actor: 'string',
  client_id: 'string',
  src_ip: 'string',
  rule: 'string',
  ocsf: 'string',
} as const

/** Partitions of the lake: an event's duplicates are always in the same one. */
export const auditPartitions = { day: 'string', bucket: 'int' } as const

/** How many buckets a day has. */
export const bucketCount = 16

interface GlueTypes {
  readonly string: string
  readonly timestamp: string
  readonly int: number
}

type Columns = typeof auditColumns

/** One event as it is delivered; what does not apply is null. */
export type AuditRow = {
  readonly [Name in keyof Columns]: GlueTypes[Columns[Name]] | null
} & {
  /** `YYYY-MM-DD`, in UTC. */
  readonly day: string
  /** Two digits. */
  readonly bucket: string
}

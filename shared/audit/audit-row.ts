import { createHash } from 'node:crypto'
import { type AuditRow, bucketCount } from './columns.ts'
import { ocsfEventOf, triedAccountOf } from './ocsf-event.ts'
import { type ActorKind, wordOf } from './ocsf-word.ts'
import { subjectOf, type TableChange } from './table-change.ts'

/** Makes the row of the lake: what one often asks for as columns, and the whole OCSF event. */
export function auditRowOf(change: TableChange): AuditRow {
  const { event } = change
  const ocsf = ocsfEventOf(change)
  const [day, time] = momentOf(event.time)
  return {
    id: event.id,
    time: `${day} ${time}`,
    tenant: subjectOf(change).tenant ?? null,
    class_uid: ocsf.class_uid,
    activity: event.activity,
    activity_id: ocsf.activity_id,
    status: ocsf.status,
    actor: actorOf(change, wordOf(change).actor),
    client_id: event.client ?? null,
    src_ip: event.address ?? null,
    rule: event.rule ?? null,
    ocsf: JSON.stringify(ocsf),
    day,
    bucket: bucketOf(event.id),
  }
}

/** Day and time of day in UTC, in the one spelling that Hive and SQL share. */
function momentOf(time: number): readonly [string, string] {
  const text = new Date(time * 1000).toISOString()
  return [text.slice(0, 10), text.slice(11, 19)]
}

/** A user or client id, the hash of the name that somebody tried, or the word for who runs all this. */
function actorOf(change: TableChange, kind: ActorKind): string | null {
  if (kind === 'operator' || kind === 'sallyport') return kind
  const { user, client } = change.event
  return user ?? client ?? triedAccountOf(change) ?? null
}

/** Follows from the id, so that deliveries of one event meet in one bucket. */
function bucketOf(id: string): string {
  const bucket = createHash('sha256').update(id).digest().readUInt8() % bucketCount
  return `${bucket}`.padStart(2, '0')
}

import { type SessionId, trusted } from '#shared/kernel/ids.ts'
import type { SessionHandle, Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Session } from '#shared/session/session.ts'
import { type Key, key, partition } from './keys.ts'
import { getItem, queryPartition } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Item, Table } from './table.ts'
import { putOnce, updateItem } from './writes.ts'

export const sessionRecord = defineRecord<Omit<Session, keyof SessionHandle>>({
  name: 'session',
  version: 1,
  fields: {
    secretHash: 'text',
    authTime: 'number',
    amr: 'list',
    expiresAt: 'number',
    endedAt: 'number?',
  },
})

const keyOf = ({ tenant, user, sid }: SessionHandle): Key => key.session(tenant, user, sid)

const sessionOf = ({ tenant, user, sid }: SessionHandle, item: Item): Session => ({
  tenant,
  user,
  sid,
  ...sessionRecord.read(item),
})

export function dynamoSessions(table: Table): Sessions {
  return {
    async open(session, attempt, event) {
      const item = { ...keyOf(session), ...sessionRecord.write(session), attempt, event }
      const present = await putOnce(table, item)
      if (present) throw new Error('a session id was drawn twice')
    },
    async find(handle) {
      const item = await getItem(table, keyOf(handle), 'strong')
      return item && sessionOf(handle, item)
    },
    async ofUser(tenant, user) {
      const items = await queryPartition(table, partition.sessions(tenant, user), 'strong')
      return items.map((item) => {
        const sid = trusted<SessionId>(String(item['sk']))
        return sessionOf({ tenant, user, sid }, item)
      })
    },
    async end(handle, now, event) {
      await updateItem(table, keyOf(handle), {
        update: 'SET endedAt = :now, event = :event',
        condition: 'attribute_exists(pk) AND attribute_not_exists(endedAt)',
        values: { now, event },
      })
    },
    async renew(session, replaced, attempt, event) {
      const { secretHash, authTime, amr, expiresAt } = session
      const { kind, item } = await updateItem(table, keyOf(session), {
        update:
          'SET secretHash = :secretHash, authTime = :authTime, amr = :amr, expiresAt = :expiresAt, attempt = :attempt, event = :event',
        condition: 'secretHash = :replaced AND attribute_not_exists(endedAt)',
        values: { secretHash, authTime, amr, expiresAt, replaced, attempt, event },
      })
      const isOurRetry = item?.['attempt'] === attempt
      return kind === 'updated' || isOurRetry ? 'renewed' : 'gone'
    },
  }
}

import type { DeviceAuthorization } from '#shared/oauth/polling/device-authorization.ts'
import type {
  DeviceAuthorizations,
  DeviceHandle,
} from '#shared/ports/repositories/device-authorizations.ts'
import { type Key, key } from './keys.ts'
import { recordAnswer, recordPoll, type Stored, toStored } from './polls.ts'
import { getItem } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { putOnce } from './writes.ts'

export const deviceRecord = defineRecord<Omit<Stored<DeviceAuthorization>, keyof DeviceHandle>>({
  name: 'device authorization',
  version: 1,
  fields: {
    secretHash: 'text',
    client: 'text',
    scopes: 'list',
    resources: 'list?',
    authorizationDetails: 'list?',
    services: 'list?',
    issuedAt: 'number',
    expiresAt: 'number',
    pollInterval: 'number',
    polledAt: 'number?',
    answer: 'map?',
  },
})

const keyOf = ({ tenant, id }: DeviceHandle): Key => key.device(tenant, id)

export function dynamoDeviceAuthorizations(table: Table): DeviceAuthorizations {
  return {
    async open(authorization, attempt, event) {
      const fields = deviceRecord.write(toStored(authorization))
      const present = await putOnce(table, { ...keyOf(authorization), ...fields, attempt, event })
      return present === undefined ? 'opened' : 'taken'
    },
    async find(handle) {
      const item = await getItem(table, keyOf(handle), 'strong')
      if (item === undefined) return undefined
      const { pollInterval: interval, ...rest } = deviceRecord.read(item)
      return { tenant: handle.tenant, id: handle.id, interval, ...rest }
    },
    recordPoll: (seen, pace, attempt) =>
      recordPoll(table, keyOf(seen), seen.polledAt, pace, attempt),
    answer: (handle, answer, now, attempt, event) =>
      recordAnswer(table, keyOf(handle), { answer, now }, attempt, event),
  }
}

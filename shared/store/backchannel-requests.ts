import { trusted } from '#shared/kernel/ids.ts'
import { isExpired } from '#shared/kernel/time.ts'
import type {
  BackchannelRequest,
  BackchannelRequestId,
} from '#shared/oauth/polling/backchannel-request.ts'
import type {
  BackchannelHandle,
  BackchannelRequests,
} from '#shared/ports/repositories/backchannel-requests.ts'
import { type Key, key, partition } from './keys.ts'
import { recordAnswer, recordPoll, type Stored, toStored } from './polls.ts'
import { getItem, queryPartition } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Item, Table } from './table.ts'
import { putOnce } from './writes.ts'

export const backchannelRecord = defineRecord<
  Omit<Stored<BackchannelRequest>, keyof BackchannelHandle>
>({
  name: 'backchannel request',
  version: 1,
  fields: {
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
    bindingMessage: 'text?',
    acrValues: 'list?',
    notification: 'text?',
  },
})

const keyOf = ({ tenant, user, id }: BackchannelHandle): Key =>
  key.backchannelRequest(tenant, user, id)

function requestOf({ tenant, user, id }: BackchannelHandle, item: Item): BackchannelRequest {
  const { pollInterval: interval, ...rest } = backchannelRecord.read(item)
  return { tenant, user, id, interval, ...rest }
}

export function dynamoBackchannelRequests(table: Table): BackchannelRequests {
  return {
    async open(request, attempt, event) {
      const fields = backchannelRecord.write(toStored(request))
      const present = await putOnce(table, { ...keyOf(request), ...fields, attempt, event })
      if (present) throw new Error('the id of a backchannel request was drawn twice')
    },
    async find(handle) {
      const item = await getItem(table, keyOf(handle), 'strong')
      return item && requestOf(handle, item)
    },
    async pending(tenant, user, now) {
      const pk = partition.backchannelRequests(tenant, user)
      const items = await queryPartition(table, pk, 'strong')
      return items
        .map((item) => {
          const id = trusted<BackchannelRequestId>(String(item['sk']))
          return requestOf({ tenant, user, id }, item)
        })
        .filter(({ answer, expiresAt }) => answer === undefined && !isExpired(expiresAt, now))
        .sort((one, other) => one.issuedAt - other.issuedAt)
    },
    recordPoll: (seen, pace, attempt) =>
      recordPoll(table, keyOf(seen), seen.polledAt, pace, attempt),
    answer: (handle, answer, now, attempt, event) =>
      recordAnswer(table, keyOf(handle), { answer, now }, attempt, event),
  }
}

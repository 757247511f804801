import { z } from 'zod'
import type { ShownEvent } from './pages/facts.ts'
import type { StreamRecord } from './services/dynamodb-stream.ts'

export interface EventFeed {
  accept(record: StreamRecord): void
  /** Newest first. */
  events(): readonly ShownEvent[]
}

const auditEvent = z.looseObject({
  id: z.string(),
  time: z.number(),
  activity: z.string(),
  user: z.string().optional(),
  client: z.string().optional(),
  address: z.string().optional(),
  rule: z.string().optional(),
})

const userItem = z.looseObject({ attributes: z.looseObject({ userName: z.string() }) })

/** Keeps the last audit events that the table's stream carried, once each. */
export function createEventFeed(capacity = 100): EventFeed {
  const userNames = new Map<string, string>()
  const events = new Map<string, ShownEvent>()
  return {
    accept({ keys, newImage }) {
      const [entity, tenant = '', id = ''] = String(keys['pk']).split('#')
      const user = userItem.safeParse(newImage)
      if (entity === 'USER' && user.success) userNames.set(id, user.data.attributes.userName)
      // An item keeps its event when something else in it changes: the id tells.
      const event = auditEvent.safeParse(newImage?.['event'])
      if (!event.success || events.has(event.data.id)) return
      events.set(event.data.id, shownEvent(event.data, tenant, userNames))
      const [oldest] = events.keys()
      if (events.size > capacity && oldest !== undefined) events.delete(oldest)
    },
    events: () => [...events.values()].toReversed(),
  }
}

function shownEvent(
  { time, activity, user, client, address, rule }: z.infer<typeof auditEvent>,
  tenant: string,
  userNames: ReadonlyMap<string, string>,
): ShownEvent {
  const userName = user === undefined ? undefined : (userNames.get(user) ?? user)
  return {
    time: new Date(time * 1000).toISOString(),
    activity,
    tenant,
    details: [userName, client, address, rule].filter((detail) => detail !== undefined),
  }
}

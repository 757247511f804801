import type { DeliveryOutcome, StreamedRecord } from '#shared/audit/flows/deliver-changes.ts'
import type { ClientId } from '#shared/kernel/ids.ts'
import type { NoticeQueue } from '#shared/ports/notice-queue.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import type { ClientNotice } from '../client-notice.ts'
import { readAnsweredRequest } from '../messages/answered-request.ts'
import { type EndedSession, readEndedSession } from '../messages/ended-session.ts'

interface AnnouncementPorts {
  readonly clients: Pick<Clients, 'find'>
  readonly refreshFamilies: Pick<RefreshFamilies, 'ofSession'>
  readonly noticeQueue: Pick<NoticeQueue, 'send'>
}

/**
 * Queues a notice for every client that has to hear of a change, each at least once: that a session is
 * over, or that its request has been answered.
 *
 * @spec https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.10.2
 */
export const announceNotices =
  (ports: AnnouncementPorts) =>
  async (records: readonly StreamedRecord[]): Promise<DeliveryOutcome> => {
    const readings = await Promise.all(
      records.map(async ({ sequence, record }) => ({
        sequence,
        notices: await noticesOf(ports, record),
      })),
    )
    const notices = readings.flatMap((reading) => reading.notices ?? [])
    await ports.noticeQueue.send(notices)
    return {
      failed: [],
      delivered: notices.length,
      unreadable: readings
        .filter((reading) => reading.notices === undefined)
        .map(({ sequence }) => ({
          sequence,
          cause: new TypeError('neither a session that has ended nor a request that was answered'),
        })),
    }
  }

async function noticesOf(
  ports: AnnouncementPorts,
  record: unknown,
): Promise<readonly ClientNotice[] | undefined> {
  const session = readEndedSession(record)
  if (session !== undefined) return logoutNotices(ports, session)
  const answered = readAnsweredRequest(record)
  return answered && [{ kind: 'ping', ...answered }]
}

/** What a document says at this moment is asked for by who delivers, and can be asked for again. */
async function logoutNotices(
  { clients, refreshFamilies }: AnnouncementPorts,
  session: EndedSession,
): Promise<readonly ClientNotice[]> {
  const families = await refreshFamilies.ofSession(session)
  const listens = async (id: ClientId): Promise<boolean> => {
    const stored = await clients.find(session.tenant, id)
    if (stored !== undefined) return stored.logout?.backchannelUri !== undefined
    return families.some(({ client, listensByDocument }) => client === id && listensByDocument)
  }
  const ids = [...new Set(families.map(({ client }) => client))]
  const heard = await Promise.all(ids.map(listens))
  const listeners = ids.filter((_, index) => heard[index])
  return listeners.map((client) => ({ kind: 'logout', ...session, client }))
}

import type { DeliveryOutcome, StreamedRecord } from '#shared/audit/flows/deliver-changes.ts'
import type { LogoutQueue } from '#shared/ports/logout-queue.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import type { LogoutNotice } from '../logout-notice.ts'
import { type EndedSession, readEndedSession } from '../messages/ended-session.ts'
import { clientsOfSession } from './clients-of-session.ts'

interface AnnouncementPorts {
  readonly clients: Pick<Clients, 'find'>
  readonly refreshFamilies: Pick<RefreshFamilies, 'ofSession'>
  readonly logoutQueue: Pick<LogoutQueue, 'send'>
}

/**
 * Queues a notice for every client that has to hear that a session is over, each at least once.
 *
 * @spec https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest
 */
export const announceLogouts =
  (ports: AnnouncementPorts) =>
  async (records: readonly StreamedRecord[]): Promise<DeliveryOutcome> => {
    const readings = records.map(({ sequence, record }) => ({
      sequence,
      session: readEndedSession(record),
    }))
    const sessions = readings.flatMap(({ session }) => session ?? [])
    const notices = await Promise.all(sessions.map((session) => noticesOf(ports, session)))
    await ports.logoutQueue.send(notices.flat())
    return {
      failed: [],
      delivered: notices.flat().length,
      unreadable: readings
        .filter(({ session }) => session === undefined)
        .map(({ sequence }) => ({
          sequence,
          cause: new TypeError('not a session that has ended'),
        })),
    }
  }

async function noticesOf(
  ports: AnnouncementPorts,
  session: EndedSession,
): Promise<readonly LogoutNotice[]> {
  const clients = await clientsOfSession(ports)(session)
  return clients
    .filter(({ logout }) => logout?.backchannelUri !== undefined)
    .map(({ id: client }) => ({ ...session, client }))
}

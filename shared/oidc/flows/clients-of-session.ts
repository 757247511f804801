import type { Client } from '#shared/oauth/client/client.ts'
import { isClientIdUrl } from '#shared/oauth/client/client-id-url.ts'
import type { RefreshFamily } from '#shared/oauth/token/refresh-family.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import type { SessionHandle } from '#shared/ports/repositories/sessions.ts'

/**
 * Answers every client that got tokens in a session and still exists, once each.
 *
 * Nobody waits for the documents of clients that do not listen.
 */
export const clientsOfSession =
  (ports: {
    readonly clients: Pick<Clients, 'find'>
    readonly refreshFamilies: Pick<RefreshFamilies, 'ofSession'>
  }) =>
  async (session: SessionHandle): Promise<readonly Client[]> => {
    const families = await ports.refreshFamilies.ofSession(session)
    const mayListen = ({ client, listensByDocument }: RefreshFamily): boolean =>
      listensByDocument === true || !isClientIdUrl(client)
    const ids = [...new Set(families.filter(mayListen).map(({ client }) => client))]
    const found = await Promise.all(ids.map((id) => ports.clients.find(session.tenant, id)))
    return found.filter((client) => client !== undefined)
  }

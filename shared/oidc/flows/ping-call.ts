import { sealedNotification } from '#shared/oauth/polling/backchannel-request.ts'
import type { HttpQuestion } from '#shared/ports/http-client.ts'
import type { BackchannelRequests } from '#shared/ports/repositories/backchannel-requests.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { PingNotice } from '../client-notice.ts'

export interface PingPorts {
  readonly clients: Pick<Clients, 'find'>
  readonly backchannelRequests: Pick<BackchannelRequests, 'find'>
  readonly sealer: Pick<Sealer, 'open'>
}

/**
 * Says to a client that there is an answer; the answer itself it has to fetch.
 *
 * The client's token lies sealed in the table, and is opened for each attempt anew; whatever the queue
 * says, nobody is told the token of another client.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.10.2
 * @returns nothing for a client that is not to be told any more
 */
export const pingCall =
  ({ clients, backchannelRequests, sealer }: PingPorts) =>
  async ({ tenant, user, client: id, request }: PingNotice): Promise<HttpQuestion | undefined> => {
    const [client, asked] = await Promise.all([
      clients.find(tenant, id),
      backchannelRequests.find({ tenant, user, id: request }),
    ])
    const url = client?.backchannelAuthentication?.notificationEndpoint
    if (url === undefined || asked?.client !== id) return undefined
    if (asked.notification === undefined) return undefined
    const opened = await sealer.open('handle', tenant, asked.notification)
    const known = sealedNotification.read(opened)
    if (known === undefined) return undefined
    return {
      method: 'POST',
      url,
      headers: { authorization: `Bearer ${known.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ auth_req_id: known.authReqId }),
      purpose: 'backchannel-ping',
    }
  }

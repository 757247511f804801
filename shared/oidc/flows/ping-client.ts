import { readVersioned } from '#shared/kernel/sealed-content.ts'
import type {
  BackchannelNotification,
  BackchannelRequest,
} from '#shared/oauth/polling/backchannel-request.ts'
import type { HttpClient } from '#shared/ports/http-client.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

interface PingPorts {
  readonly clients: Clients
  readonly sealer: Sealer
  readonly httpClient: HttpClient
}

/**
 * Prepares to tell a client that there is an answer, for one that asks for it; the answer itself it
 * has to fetch.
 *
 * Told once, and without looking at the result: a client that hears nothing may still poll.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.10.2
 */
export const preparePing =
  ({ clients, sealer, httpClient }: PingPorts) =>
  async (
    tenant: Tenant,
    { notification, client: id }: BackchannelRequest,
  ): Promise<() => Promise<unknown>> => {
    if (notification === undefined) return async () => undefined
    const [client, opened] = await Promise.all([
      clients.find(tenant.id, id),
      sealer.open('handle', tenant.id, notification),
    ])
    const url = client?.backchannelAuthentication?.notificationEndpoint
    const known = readVersioned<BackchannelNotification>(opened)
    if (url === undefined || known === undefined) return async () => undefined
    const headers = { authorization: `Bearer ${known.token}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ auth_req_id: known.authReqId })
    return () =>
      httpClient.fetch({ method: 'POST', url, headers, body, purpose: 'backchannel-ping' })
  }

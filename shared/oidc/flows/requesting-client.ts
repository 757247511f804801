import type { Client } from '#shared/oauth/client/client.ts'
import { clientId } from '#shared/oauth/client/client-id.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { SentAuthorizationRequest } from '../messages/sent-request.ts'

/**
 * Finds the client that a request says it is from.
 *
 * @throws ProtocolError `invalid_request`, never redirected
 */
export async function requestingClient(
  clients: Clients,
  tenant: Tenant,
  sent: SentAuthorizationRequest,
): Promise<Client> {
  const presented = sent.parameters.get('client_id')
  if (presented === undefined || sent.repeated.includes('client_id')) {
    throw invalidRequest('oauth/authorize/client-id', 'client_id must be given once')
  }
  const id = clientId(presented)
  const client = id === undefined ? undefined : await clients.find(tenant.id, id)
  if (client !== undefined) return client
  throw invalidRequest('oauth/authorize/unknown-client', 'client_id is not registered here')
}

import { invalidRequest } from '#shared/oauth/errors.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { initiateLoginLocation } from '../initiate-login.ts'
import type { InitiationRequest } from '../messages/initiation-request.ts'

/**
 * Sends a person to a client, which then asks us to sign him in: the link that a portal or a page of apps has.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#ThirdPartyInitiatedLogin
 * @throws ProtocolError `invalid_request`, shown as a page
 */
export const initiateLogin =
  (ports: { readonly clients: Pick<Clients, 'find'> }) =>
  async (tenant: Tenant, request: InitiationRequest): Promise<string> => {
    const client = await ports.clients.find(tenant.id, request.client)
    if (client !== undefined) return initiateLoginLocation(tenant.issuer, client, request)
    throw invalidRequest('oidc/initiate-login/unknown-client', 'client_id is not registered here')
  }

import { isStranger } from '#shared/oauth/client/client-origin.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { initiateLoginLocation } from '../initiate-login.ts'
import type { InitiationRequest } from '../messages/initiation-request.ts'

/**
 * Sends a person to a client, which then asks us to sign him in: the link that a portal or a page of apps has.
 *
 * Nobody is asked on the way, so it leads to no app that anybody can be.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#ThirdPartyInitiatedLogin
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2
 * @throws ProtocolError `invalid_request`, shown as a page
 */
export const initiateLogin =
  (ports: { readonly clients: Pick<Clients, 'find'> }) =>
  async (tenant: Tenant, request: InitiationRequest): Promise<string> => {
    const client = await ports.clients.find(tenant.id, request.client)
    if (client === undefined) {
      throw invalidRequest('oidc/initiate-login/unknown-client', 'client_id is not registered here')
    }
    if (isStranger(tenant, client)) {
      throw invalidRequest('oidc/initiate-login/stranger', 'nobody here answers for this client')
    }
    return initiateLoginLocation(tenant.issuer, client, request)
  }

import type { TenantId } from '#shared/kernel/ids.ts'
import type { ResourceServers } from '#shared/ports/repositories/resource-servers.ts'
import type { Client } from '../client/client.ts'
import type { AccessToken } from '../token/access-token.ts'

/**
 * True for the client of a token, and for whoever speaks for a resource server that it is meant for.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7662#section-4
 */
export const concerns =
  (ports: { readonly resourceServers: Pick<ResourceServers, 'find'> }) =>
  async (
    tenant: TenantId,
    caller: Client,
    { client, audience }: Pick<AccessToken, 'audience' | 'client'>,
  ): Promise<boolean> => {
    if (client === caller.id) return true
    const resources = await Promise.all(
      [audience].flat().map((identifier) => ports.resourceServers.find(tenant, identifier)),
    )
    return resources.some((resource) => resource?.introspectionClient === caller.id)
  }

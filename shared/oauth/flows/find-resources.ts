import type { ResourceServers } from '#shared/ports/repositories/resource-servers.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { invalidTarget } from '../errors.ts'
import { isOwnResource } from '../token/protected-resource.ts'
import type { ResourceServer } from '../token/resource-server.ts'

/**
 * Finds the resource servers that are named; the issuer itself needs no declaration.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8707#section-2
 * @throws ProtocolError `invalid_target` for one that the tenant does not know
 */
export function findResources(
  ports: { readonly resourceServers: Pick<ResourceServers, 'find'> },
  tenant: Tenant,
  identifiers: readonly string[],
): Promise<readonly ResourceServer[]> {
  const others = identifiers.filter((identifier) => !isOwnResource(tenant.issuer, identifier))
  return Promise.all(
    others.map(async (identifier) => {
      const found = await ports.resourceServers.find(tenant.id, identifier)
      if (found !== undefined) return found
      throw invalidTarget('oauth/resource/unknown', 'the resource is not one of this tenant')
    }),
  )
}

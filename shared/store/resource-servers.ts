import { sha256Base64url } from '#shared/kernel/digest.ts'
import type { ResourceServer } from '#shared/oauth/token/resource-server.ts'
import type { ResourceServers } from '#shared/ports/repositories/resource-servers.ts'
import { key } from './keys.ts'
import { getItem } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { putItem } from './writes.ts'

export const resourceServerRecord = defineRecord<Omit<ResourceServer, 'tenant'>>({
  name: 'resource server',
  version: 1,
  fields: {
    identifier: 'text',
    name: 'text',
    scopes: 'list',
    accessTokenFormat: 'text?',
    accessTokenSigningAlg: 'text?',
    accessTokenLifetime: 'number?',
    introspectionClient: 'text?',
  },
})

export function dynamoResourceServers(table: Table): ResourceServers {
  return {
    async find(tenant, identifier) {
      const at = key.resourceServer(tenant, sha256Base64url(identifier))
      const item = await getItem(table, at, 'strong')
      return item && { tenant, ...resourceServerRecord.read(item) }
    },
    save: (resource, event) =>
      putItem(table, {
        ...key.resourceServer(resource.tenant, sha256Base64url(resource.identifier)),
        ...resourceServerRecord.write(resource),
        event,
      }),
  }
}

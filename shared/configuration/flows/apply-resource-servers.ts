import { isDeepStrictEqual } from 'node:util'
import type { TenantId } from '#shared/kernel/ids.ts'
import {
  type ResourceServerMetadata,
  toResourceServer,
} from '#shared/oauth/token/resource-server-metadata.ts'
import type { Applied, Outcome } from '../report.ts'
import { type ApplyPorts, inTurn, newEvent } from './apply-ports.ts'

/** Creates or replaces the resource servers of a tenant, each found by its `identifier`. */
export const applyResourceServers = (
  ports: ApplyPorts,
  tenant: TenantId,
  resources: readonly ResourceServerMetadata[],
): Promise<readonly Applied[]> =>
  inTurn(resources, async (metadata) => ({
    kind: 'resource servers',
    outcome: await applyResourceServer(ports, tenant, metadata),
  }))

async function applyResourceServer(
  ports: ApplyPorts,
  tenant: TenantId,
  metadata: ResourceServerMetadata,
): Promise<Outcome> {
  const resource = toResourceServer(tenant, metadata)
  const stored = await ports.resourceServers.find(tenant, resource.identifier)
  if (isDeepStrictEqual(resource, stored)) return 'unchanged'
  await ports.resourceServers.save(resource, newEvent(ports, 'resource-changed'))
  return stored === undefined ? 'created' : 'updated'
}

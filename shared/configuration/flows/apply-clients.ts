import { isDeepStrictEqual } from 'node:util'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { ClientMetadata } from '#shared/oauth/registration/client-metadata.ts'
import { toClient } from '#shared/oauth/registration/client-registration.ts'
import type { Applied, Outcome } from '../report.ts'
import { type ApplyPorts, inTurn, newEvent } from './apply-ports.ts'

/** Creates or replaces the clients of a tenant, each found by its `client_id`. */
export const applyClients = (
  ports: ApplyPorts,
  tenant: TenantId,
  clients: readonly ClientMetadata[],
): Promise<readonly Applied[]> =>
  inTurn(clients, async (metadata) => ({
    kind: 'clients',
    outcome: await applyClient(ports, tenant, metadata),
  }))

async function applyClient(
  ports: ApplyPorts,
  tenant: TenantId,
  metadata: ClientMetadata,
): Promise<Outcome> {
  const stored = await ports.clients.find(tenant, metadata.client_id)
  const client = toClient(tenant, metadata, stored, ports.clock.now())
  if (isDeepStrictEqual(client, stored)) return 'unchanged'
  await ports.clients.save(client, newEvent(ports, 'client-changed', { client: client.id }))
  return stored === undefined ? 'created' : 'updated'
}

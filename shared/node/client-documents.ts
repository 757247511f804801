import type { ClientId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, isExpired, plus } from '#shared/kernel/time.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { isClientIdUrl, takesDocument } from '#shared/oauth/client/client-id-url.ts'
import { freshnessLifetime } from '#shared/oauth/registration/freshness-lifetime.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { HttpClient } from '#shared/ports/http-client.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Tenants } from '#shared/ports/repositories/tenants.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

export interface ClientDocumentPorts {
  readonly stored: Clients
  readonly tenants: Pick<Tenants, 'find'>
  readonly httpClient: HttpClient
  readonly clock: Clock
}

/** Clients by document that an instance remembers; the one used longest ago makes room. */
const maximalDocuments = 500

const bounds = { shortest: 60, usual: 10 * 60, longest: 24 * 60 * 60 }

interface Remembered {
  readonly client: Client
  readonly freshUntil: EpochSeconds
}

/**
 * Finds clients in the table, and those whose id is an address in the document that lies there.
 *
 * What the operator has declared goes before any document. Only what makes a client is remembered.
 *
 * @spec https://www.ietf.org/archive/id/draft-ietf-oauth-client-id-metadata-document-02.html#section-5
 */
export function clientsWithDocuments(ports: ClientDocumentPorts): Clients {
  const remembered = new Map<string, Remembered>()
  const asking = new Map<string, Promise<Remembered | undefined>>()

  const ask = async (tenant: Tenant, id: ClientId): Promise<Remembered | undefined> => {
    const name = `${tenant.id} ${id}`
    const answer = asking.get(name) ?? readDocument(ports, tenant, id)
    asking.set(name, answer)
    const found = await answer.finally(() => asking.delete(name))
    remembered.delete(name)
    if (found !== undefined) remembered.set(name, found)
    const [oldest] = remembered.keys()
    if (remembered.size > maximalDocuments && oldest !== undefined) remembered.delete(oldest)
    return found
  }

  return {
    ...ports.stored,
    async find(tenantId, id) {
      const stored = await ports.stored.find(tenantId, id)
      if (stored !== undefined || !isClientIdUrl(id)) return stored
      const tenant = await ports.tenants.find(tenantId)
      if (tenant === undefined || !takesDocument(tenant, id)) return undefined
      const known = remembered.get(`${tenantId} ${id}`)
      const isFresh = known !== undefined && !isExpired(known.freshUntil, ports.clock.now())
      return (isFresh ? known : await ask(tenant, id))?.client
    },
  }
}

/** @spec https://www.ietf.org/archive/id/draft-ietf-oauth-client-id-metadata-document-02.html#section-5 200 alone is an answer */
async function readDocument(
  { httpClient, clock }: ClientDocumentPorts,
  tenant: Tenant,
  id: ClientId,
): Promise<Remembered | undefined> {
  const { maximalDocumentBytes, parseClientIdDocument } = await import(
    '#shared/oauth/registration/client-id-document.ts'
  )
  const answer = await httpClient.fetch({
    method: 'GET',
    url: id,
    headers: { accept: 'application/json' },
    purpose: 'client-document',
    maximalBytes: maximalDocumentBytes,
  })
  if (answer.kind !== 'answered' || answer.status !== 200 || !isJson(answer.headers)) {
    return undefined
  }
  const client = parseClientIdDocument(tenant, id, answer.body)
  const lifetime = freshnessLifetime(answer.headers['cache-control'], bounds)
  return client && { client, freshUntil: plus(clock.now(), lifetime) }
}

const isJson = ({ 'content-type': type = '' }: Readonly<Record<string, string>>): boolean =>
  /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)

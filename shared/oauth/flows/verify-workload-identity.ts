import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import { invalidClient } from '../errors.ts'
import { clientOf } from '../trust/trusted-issuer.ts'
import { type ExternalTokenPorts, verifyExternalToken } from './verify-external-token.ts'

const failed = (rule: string) =>
  invalidClient(`oauth/workload/${rule}`, 'client authentication failed')

/**
 * Authenticates a client by the word of the place that it runs at: a CI system, a cluster, a cloud.
 *
 * The same token may come again: clusters hand out one for many requests, and it ends soon.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7521#section-4.2
 * @spec https://www.rfc-editor.org/rfc/rfc7523#section-2.2
 * @param assertion unverified
 * @throws ProtocolError `invalid_client`
 */
export const verifyWorkloadIdentity =
  (ports: ExternalTokenPorts) =>
  async (tenant: Tenant, client: Client, assertion: string, now: EpochSeconds): Promise<void> => {
    const { trusted, claims } = await verifyExternalToken(ports, failed)(tenant, assertion, now)
    if (clientOf(trusted, claims) !== client.id) throw failed('unmapped')
  }

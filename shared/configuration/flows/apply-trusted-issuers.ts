import { isDeepStrictEqual } from 'node:util'
import type { TenantId } from '#shared/kernel/ids.ts'
import {
  type TrustedIssuerMetadata,
  toTrustedIssuer,
} from '#shared/oauth/trust/trusted-issuer-metadata.ts'
import type { Applied, Outcome } from '../report.ts'
import { type ApplyPorts, inTurn, newEvent } from './apply-ports.ts'

/** Creates or replaces the trusted issuers of a tenant, each found by its `issuer`. */
export const applyTrustedIssuers = (
  ports: ApplyPorts,
  tenant: TenantId,
  issuers: readonly TrustedIssuerMetadata[],
): Promise<readonly Applied[]> =>
  inTurn(issuers, async (metadata) => ({
    kind: 'trusted issuers',
    outcome: await applyTrustedIssuer(ports, tenant, metadata),
  }))

async function applyTrustedIssuer(
  ports: ApplyPorts,
  tenant: TenantId,
  metadata: TrustedIssuerMetadata,
): Promise<Outcome> {
  const trusted = toTrustedIssuer(tenant, metadata)
  const stored = await ports.trustedIssuers.find(tenant, trusted.issuer)
  if (isDeepStrictEqual(trusted, stored)) return 'unchanged'
  await ports.trustedIssuers.save(trusted, newEvent(ports, 'issuer-changed'))
  return stored === undefined ? 'created' : 'updated'
}

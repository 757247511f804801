import { isDeepStrictEqual } from 'node:util'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { Custody, Tenant } from '#shared/tenant/tenant.ts'
import { toTenantSettings } from '#shared/tenant/tenant-settings.ts'
import type { Configuration, DeclaredTenant } from '../document.ts'
import { issuerOf } from '../issuer.ts'
import type { Problem } from '../problem.ts'
import { type Applied, type Report, reportOf } from '../report.ts'
import { applyClients } from './apply-clients.ts'
import { applyGroups } from './apply-groups.ts'
import { applyInitialAccessTokens } from './apply-initial-access-tokens.ts'
import { applySealingKeys, applySigningKeys, inOrderOfClaim } from './apply-keys.ts'
import { type ApplyPorts, inTurn, newEvent } from './apply-ports.ts'
import { applyResourceServers } from './apply-resource-servers.ts'
import { applyTrustedIssuers } from './apply-trusted-issuers.ts'
import { applyUsers } from './apply-users.ts'
import { findConflicts } from './conflicts-with-store.ts'

export type Application =
  | { readonly kind: 'applied'; readonly report: Report }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/**
 * Makes a deployment hold what a document declares; what the document leaves out is left alone.
 *
 * Every record is compared before it is written, so that a second application writes nothing and
 * repeats no event. A refused document has written nothing; an application that breaks off is
 * completed by applying the document again. A tenant appears after its keys: what is found can sign.
 *
 * @param issuerOrigin `https://{host}` of the deployment
 */
export const applyConfiguration =
  (ports: ApplyPorts, issuerOrigin: string) =>
  async (configuration: Configuration): Promise<Application> => {
    const problems = await findConflicts(ports, issuerOrigin, configuration)
    if (problems.length > 0) return { kind: 'refused', problems }
    const keys = await applyAllSigningKeys(ports, configuration)
    const sealingKeys = await applySealingKeys(ports)
    const tenants = await inTurn(configuration.tenants, (declared) =>
      applyTenant(ports, issuerOrigin, declared, keys.custodies),
    )
    return {
      kind: 'applied',
      report: reportOf([...keys.applied, ...sealingKeys, ...tenants.flat()]),
    }
  }

type Custodies = ReadonlyMap<TenantId, Custody>

/** Makes every signing key before its tenant, which is found from then on. */
async function applyAllSigningKeys(
  ports: ApplyPorts,
  configuration: Configuration,
): Promise<{ readonly custodies: Custodies; readonly applied: readonly Applied[] }> {
  const custodies = new Map<TenantId, Custody>()
  const applied: Applied[] = []
  for (const tenant of inOrderOfClaim(configuration)) {
    const outcome = await applySigningKeys(ports, tenant)
    custodies.set(tenant.id, outcome.custody)
    applied.push(outcome.applied)
  }
  return { custodies, applied }
}

async function applyTenant(
  ports: ApplyPorts,
  issuerOrigin: string,
  declared: DeclaredTenant,
  custodies: Custodies,
): Promise<readonly Applied[]> {
  const { id, users, groups, clients, resources, initialAccessTokens } = declared
  const settings = toTenantSettings(declared.settings, custodies.get(id) ?? 'kms-wrapped')
  const issuer = issuerOf(issuerOrigin, id)
  return [
    await saveTenant(ports, { id, displayName: declared.displayName, issuer, settings }),
    ...(await applyUsers(ports, id, users)),
    ...(await applyGroups(ports, id, groups)),
    ...(await applyClients(ports, id, clients)),
    ...(await applyResourceServers(ports, id, resources)),
    ...(await applyTrustedIssuers(ports, id, declared.trustedIssuers)),
    ...(await applyInitialAccessTokens(ports, id, initialAccessTokens)),
  ]
}

async function saveTenant(ports: ApplyPorts, tenant: Tenant): Promise<Applied> {
  const stored = await ports.tenants.find(tenant.id)
  if (isDeepStrictEqual(tenant, stored)) return { kind: 'tenants', outcome: 'unchanged' }
  await ports.tenants.save(tenant, newEvent(ports, 'tenant-changed'))
  return { kind: 'tenants', outcome: stored === undefined ? 'created' : 'updated' }
}

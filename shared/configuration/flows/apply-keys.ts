import type { TenantId } from '#shared/kernel/ids.ts'
import { sealingKinds } from '#shared/keys/sealing-key.ts'
import type { Custody } from '#shared/tenant/tenant.ts'
import type { Configuration, DeclaredTenant } from '../document.ts'
import type { Applied } from '../report.ts'
import { type ApplyPorts, inTurn, newEvent } from './apply-ports.ts'

/** Makes the deployment's sealing key of every kind that has none. */
export const applySealingKeys = (ports: ApplyPorts): Promise<readonly Applied[]> =>
  inTurn(sealingKinds, async (kind) => {
    const keys = await ports.sealingKeys.list(kind)
    if (keys.length > 0) return { kind: 'sealing keys', outcome: 'unchanged' }
    await ports.sealingKeys.create(await ports.keyMaker.createSealingKey(kind))
    return { kind: 'sealing keys', outcome: 'created' }
  })

/** Where a tenant's signing key is kept, or that another tenant has the KMS key it asked for. */
export type SigningKeyOutcome =
  | { readonly kind: 'kept'; readonly custody: Custody; readonly applied: Applied }
  | { readonly kind: 'kms-key-taken' }

/** The tenants of a document in the order in which they may take the one declared KMS key. */
export const inOrderOfClaim = ({ tenants }: Configuration): readonly DeclaredTenant[] =>
  tenants.toSorted((left, right) => Number(claimsKmsKey(right)) - Number(claimsKmsKey(left)))

const claimsKmsKey = ({ settings }: DeclaredTenant): boolean => settings.signingCustody === 'kms'

/**
 * Makes the tenant's signing key if it has none.
 *
 * A tenant that does not say where tries the deployment's declared KMS key: the first one has it,
 * every further one meets the marker of the first and gets a wrapped key, which costs nothing idle.
 */
export async function applySigningKey(
  ports: ApplyPorts,
  { id, settings }: DeclaredTenant,
): Promise<SigningKeyOutcome> {
  const active = (await ports.signingKeys.list(id)).find(({ state }) => state === 'active')
  if (active !== undefined) return kept(active.custody, 'unchanged')
  const custody = settings.signingCustody ?? 'kms'
  if (await createSigningKey(ports, id, custody)) return kept(custody, 'created')
  if (settings.signingCustody !== undefined) return { kind: 'kms-key-taken' }
  await createSigningKey(ports, id, 'kms-wrapped')
  return kept('kms-wrapped', 'created')
}

const kept = (custody: Custody, outcome: Applied['outcome']): SigningKeyOutcome => ({
  kind: 'kept',
  custody,
  applied: { kind: 'signing keys', outcome },
})

/** Answers false when the KMS key signs for another tenant already. */
async function createSigningKey(
  ports: ApplyPorts,
  tenant: TenantId,
  custody: Custody,
): Promise<boolean> {
  const key = await ports.keyMaker.createSigningKey(tenant, custody)
  const creation = await ports.signingKeys.create(key, newEvent(ports, 'key-created'))
  return creation.kind === 'created'
}

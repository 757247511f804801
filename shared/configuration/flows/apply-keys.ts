import type { TenantId } from '#shared/kernel/ids.ts'
import { rotateKeys } from '#shared/keys/flows/rotate-keys.ts'
import { newestKeyOf } from '#shared/keys/rotation.ts'
import { sealingKinds } from '#shared/keys/sealing-key.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import type { Custody } from '#shared/tenant/tenant.ts'
import type { Configuration, DeclaredTenant } from '../document.ts'
import type { Applied } from '../report.ts'
import { type ApplyPorts, inTurn, newEvent } from './apply-ports.ts'

/** Makes the deployment's sealing key of every kind that has none. */
export const applySealingKeys = (ports: ApplyPorts): Promise<readonly Applied[]> =>
  inTurn(sealingKinds, async (kind) => {
    const keys = await ports.sealingKeys.list(kind)
    if (keys.length > 0) return { kind: 'sealing keys', outcome: 'unchanged' }
    const key = await ports.keyMaker.createSealingKey(kind)
    await ports.sealingKeys.create(key, newEvent(ports, 'key-created'))
    return { kind: 'sealing keys', outcome: 'created' }
  })

/** Where a tenant's signing keys are kept from now on. */
export interface SigningKeyOutcome {
  readonly custody: Custody
  readonly applied: Applied
}

/** The tenants of a document in the order in which they may take the one declared KMS key. */
export const inOrderOfClaim = ({ tenants }: Configuration): readonly DeclaredTenant[] =>
  tenants.toSorted((left, right) => Number(claimsKmsKey(right)) - Number(claimsKmsKey(left)))

const claimsKmsKey = ({ settings }: DeclaredTenant): boolean => settings.signingCustody === 'kms'

/**
 * Makes the tenant's signing key if it has none, or begins to change over to another custody.
 *
 * The next key is published at once; the rotation lets it sign when everybody can know it.
 */
export async function applySigningKey(
  ports: ApplyPorts,
  { id, settings }: DeclaredTenant,
): Promise<SigningKeyOutcome> {
  const newest = newestKeyOf(await ports.signingKeys.list(id))
  if (newest === undefined) {
    return outcome(await createFirstKey(ports, id, settings.signingCustody), 'created')
  }
  const custody = settings.signingCustody ?? newest.custody
  if (custody === newest.custody) return outcome(custody, 'unchanged')
  await rotateKeys(ports)(id, { custody })
  return outcome(custody, 'updated')
}

const outcome = (custody: Custody, change: Applied['outcome']): SigningKeyOutcome => ({
  custody,
  applied: { kind: 'signing keys', outcome: change },
})

/**
 * Answers where the key is kept.
 *
 * A tenant that does not say where tries the deployment's declared KMS key: the first one has it,
 * every further one meets the marker of the first and gets a wrapped key, which costs nothing idle.
 */
async function createFirstKey(
  ports: ApplyPorts,
  tenant: TenantId,
  wanted: Custody | undefined,
): Promise<Custody> {
  const mayAdopt = wanted !== 'kms-wrapped'
  if (mayAdopt && (await activate(ports, await ports.declaredKey.adopt(tenant)))) return 'kms'
  const custody = wanted ?? 'kms-wrapped'
  await activate(ports, await ports.keyMaker.createSigningKey(tenant, custody))
  return custody
}

/** Stores a first key, that signs at once; answers false when it signs for another tenant already. */
async function activate(ports: ApplyPorts, key: SigningKey): Promise<boolean> {
  const event = newEvent(ports, 'key-created')
  const creation = await ports.signingKeys.create({ ...key, state: 'active' }, event)
  return creation.kind === 'created'
}

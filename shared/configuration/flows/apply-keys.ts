import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import { rotateKeys } from '#shared/keys/flows/rotate-keys.ts'
import { custodyOf } from '#shared/keys/key-line.ts'
import { isAsWished } from '#shared/keys/rotation.ts'
import { sealingKinds } from '#shared/keys/sealing-key.ts'
import { custodyFor, type SigningKey } from '#shared/keys/signing-key.ts'
import type { DeclaredAlgorithm } from '#shared/ports/key-maker.ts'
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
 * Makes the tenant's signing keys if it has none, or begins to change over to other algorithms or another custody.
 *
 * The next keys are published at once; the rotation lets them sign when everybody can know them.
 */
export async function applySigningKeys(
  ports: ApplyPorts,
  { id, settings }: DeclaredTenant,
): Promise<SigningKeyOutcome> {
  const keys = await ports.signingKeys.list(id)
  if (keys.length === 0) return outcome(await createFirstKeys(ports, id, settings), 'created')
  const custody = settings.signingCustody ?? custodyOf(keys) ?? 'kms-wrapped'
  const wish = { custody, signingAlgorithms: settings.signingAlgorithms }
  if (isAsWished(keys, wish)) return outcome(custody, 'unchanged')
  await rotateKeys(ports)(id, wish)
  return outcome(custody, 'updated')
}

const outcome = (custody: Custody, change: Applied['outcome']): SigningKeyOutcome => ({
  custody,
  applied: { kind: 'signing keys', outcome: change },
})

/**
 * Answers where the keys are kept.
 *
 * A tenant that does not say where tries the deployment's declared KMS key: the first one has it,
 * every further one meets the marker of the first and gets wrapped keys, which cost nothing idle.
 */
async function createFirstKeys(
  ports: ApplyPorts,
  tenant: TenantId,
  { signingCustody, signingAlgorithms }: DeclaredTenant['settings'],
): Promise<Custody> {
  const adoptable = signingAlgorithms.find(isDeclaredAlgorithm)
  const mayAdopt = signingCustody !== 'kms-wrapped' && adoptable !== undefined
  const hasAdopted =
    mayAdopt && (await activate(ports, await ports.declaredKey.adopt(tenant, adoptable)))
  const custody = signingCustody ?? (hasAdopted ? 'kms' : 'kms-wrapped')
  const others = signingAlgorithms.filter((each) => !hasAdopted || each !== adoptable)
  for (const algorithm of others) {
    const kept = custodyFor(algorithm, custody)
    await activate(ports, await ports.keyMaker.createSigningKey(tenant, algorithm, kept))
  }
  return custody
}

const isDeclaredAlgorithm = (algorithm: SigningAlgorithm): algorithm is DeclaredAlgorithm =>
  algorithm === 'RS256' || algorithm === 'PS256'

/** Stores a first key, that signs at once; answers false when it signs for another tenant already. */
async function activate(ports: ApplyPorts, key: SigningKey): Promise<boolean> {
  const event = newEvent(ports, 'key-created')
  const creation = await ports.signingKeys.create({ ...key, state: 'active' }, event)
  return creation.kind === 'created'
}

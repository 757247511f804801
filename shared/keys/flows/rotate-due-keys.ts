import type { Tenants } from '#shared/ports/repositories/tenants.ts'
import { type RotationPorts, rotateKeys } from './rotate-keys.ts'
import { rotateSealingKeys, type SealingRotationPorts } from './rotate-sealing-keys.ts'

export type DueRotationPorts = RotationPorts &
  SealingRotationPorts & { readonly tenants: Pick<Tenants, 'find'> }

/** How many tenants were due, and how many keys have changed. */
export type RotationReport = Readonly<Record<'tenants' | 'changes', number>>

/**
 * Rotates whatever is due, of the deployment and of every tenant.
 *
 * One tenant's trouble keeps no other waiting; it is due again an hour later.
 *
 * @throws AggregateError the troubles of all
 */
export const rotateDueKeys = (ports: DueRotationPorts) => async (): Promise<RotationReport> => {
  const troubles: unknown[] = []
  let changes = 0
  const attempt = async (rotate: () => Promise<readonly unknown[]>): Promise<void> => {
    try {
      changes += (await rotate()).length
    } catch (error) {
      troubles.push(error)
    }
  }
  await attempt(() => rotateSealingKeys(ports)())
  const due = await ports.signingKeys.due(ports.clock.now())
  for (const id of due) {
    await attempt(async () => {
      const tenant = await ports.tenants.find(id)
      return tenant === undefined ? [] : rotateKeys(ports)(id, tenant.settings)
    })
  }
  if (troubles.length > 0) throw new AggregateError(troubles, 'keys could not be rotated')
  return { tenants: due.length, changes }
}

import type { Activity, AuditEvent } from '#shared/audit/event.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { KeyMaker } from '#shared/ports/key-maker.ts'
import type { Random } from '#shared/ports/random.ts'
import type { SealingKeys } from '#shared/ports/repositories/sealing-keys.ts'
import { type SealingKind, sealingKinds } from '../sealing-key.ts'
import { planSealingRotation } from '../sealing-rotation.ts'

export interface SealingRotationPorts {
  readonly sealingKeys: SealingKeys
  readonly keyMaker: Pick<KeyMaker, 'createSealingKey'>
  readonly clock: Clock
  readonly random: Random
}

/** One thing that has happened to a sealing key. */
export interface SealingKeyChange {
  readonly kind: SealingKind
  readonly id: string
  readonly activity: Activity
}

/** Does what is due for the deployment's sealing keys. */
export const rotateSealingKeys =
  (ports: SealingRotationPorts) =>
  async (demand: { readonly isDemanded?: boolean } = {}): Promise<readonly SealingKeyChange[]> => {
    const changes: SealingKeyChange[] = []
    for (const kind of sealingKinds) changes.push(...(await rotateKind(ports, kind, demand)))
    return changes
  }

async function rotateKind(
  ports: SealingRotationPorts,
  kind: SealingKind,
  demand: { readonly isDemanded?: boolean },
): Promise<readonly SealingKeyChange[]> {
  const now = ports.clock.now()
  const changes: SealingKeyChange[] = []
  for (const step of planSealingRotation(await ports.sealingKeys.list(kind), now, demand)) {
    if (step.kind === 'create') {
      const key = await ports.keyMaker.createSealingKey(kind)
      await ports.sealingKeys.create(key, eventOf(ports, 'key-created'))
      changes.push({ kind, id: key.id, activity: 'key-created' })
    } else {
      await ports.sealingKeys.retire(step.key, now, eventOf(ports, 'key-retired'))
      changes.push({ kind, id: step.key.id, activity: 'key-retired' })
    }
  }
  return changes
}

const eventOf = ({ clock, random }: SealingRotationPorts, activity: Activity): AuditEvent => ({
  id: random.id(),
  time: clock.now(),
  activity,
})

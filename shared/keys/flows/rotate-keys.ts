import type { Activity, AuditEvent } from '#shared/audit/event.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { KeyMaker } from '#shared/ports/key-maker.ts'
import type { Random } from '#shared/ports/random.ts'
import type { SigningKeys } from '#shared/ports/repositories/signing-keys.ts'
import { nextRotationAt, planRotation, type RotationStep, type RotationWish } from '../rotation.ts'

export interface RotationPorts {
  readonly signingKeys: SigningKeys
  readonly keyMaker: Pick<KeyMaker, 'createSigningKey' | 'discard'>
  readonly clock: Clock
  readonly random: Random
}

/** One thing that has happened to a key. */
export interface KeyChange {
  readonly kid: string
  readonly activity: Activity
}

/** A step makes the next one due at once at most: a key is made, takes over, and the lost one goes. */
const mostRounds = 4

/**
 * Does what is due for a tenant's keys, and appoints the time for what comes next.
 *
 * Two rotations at once are one: the second is overtaken, or its surplus key retires unused. Whatever
 * breaks off is taken up by the next rotation, for the appointment is moved last.
 */
export const rotateKeys =
  (ports: RotationPorts) =>
  async (tenant: TenantId, demand: RotationWish): Promise<readonly KeyChange[]> => {
    const changes: KeyChange[] = []
    let wish = demand
    for (let round = 0; round < mostRounds; round += 1) {
      const steps = planRotation(await ports.signingKeys.list(tenant), ports.clock.now(), wish)
      for (const step of steps) changes.push(...(await perform(ports, tenant, step)))
      if (steps.length === 0) break
      wish = { ...wish, demanded: [] }
    }
    const dueAt = nextRotationAt(await ports.signingKeys.list(tenant))
    if (dueAt !== undefined) await ports.signingKeys.appoint(tenant, dueAt)
    return changes
  }

function perform(ports: RotationPorts, tenant: TenantId, step: RotationStep) {
  if (step.kind === 'create') return create(ports, tenant, step)
  if (step.kind === 'activate') return activate(ports, step)
  return step.kind === 'withdraw' ? withdraw(ports, step) : retire(ports, step)
}

const eventOf = ({ clock, random }: RotationPorts, activity: Activity): AuditEvent => ({
  id: random.id(),
  time: clock.now(),
  activity,
})

async function create(
  ports: RotationPorts,
  tenant: TenantId,
  { algorithm, custody }: Extract<RotationStep, { kind: 'create' }>,
): Promise<readonly KeyChange[]> {
  const key = await ports.keyMaker.createSigningKey(tenant, algorithm, custody)
  await ports.signingKeys.create(key, eventOf(ports, 'key-created'))
  return [{ kid: key.kid, activity: 'key-created' }]
}

async function activate(
  ports: RotationPorts,
  { key, replaced }: Extract<RotationStep, { kind: 'activate' }>,
): Promise<readonly KeyChange[]> {
  const transitions = [
    { key, to: 'active', event: eventOf(ports, 'key-activated') } as const,
    ...replaced.map(
      (old) => ({ key: old, to: 'retiring', event: eventOf(ports, 'key-replaced') }) as const,
    ),
  ]
  const { kind } = await ports.signingKeys.move(transitions, ports.clock.now())
  if (kind === 'overtaken') return []
  return transitions.map(({ key: { kid }, event: { activity } }) => ({ kid, activity }))
}

async function withdraw(
  ports: RotationPorts,
  { key }: Extract<RotationStep, { kind: 'withdraw' }>,
): Promise<readonly KeyChange[]> {
  const event = eventOf(ports, 'key-withdrawn')
  const { kind } = await ports.signingKeys.move([{ key, to: 'retiring', event }], ports.clock.now())
  return kind === 'overtaken' ? [] : [{ kid: key.kid, activity: event.activity }]
}

/** KMS hears of it first: a key that is remembered as retired is never looked at again. */
async function retire(
  ports: RotationPorts,
  { key }: Extract<RotationStep, { kind: 'retire' }>,
): Promise<readonly KeyChange[]> {
  await ports.keyMaker.discard(key)
  const event = eventOf(ports, 'key-retired')
  const { kind } = await ports.signingKeys.move([{ key, to: 'retired', event }], ports.clock.now())
  return kind === 'overtaken' ? [] : [{ kid: key.kid, activity: event.activity }]
}

import type { AuditEvent } from '#shared/audit/event.ts'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { type EpochSeconds, isExpired, plus, seconds } from '#shared/kernel/time.ts'
import { nextRotationAt } from '#shared/keys/rotation.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import type {
  KeyMove,
  KeyTransition,
  SigningKeys,
} from '#shared/ports/repositories/signing-keys.ts'
import { key, partition, rotationShards } from './keys.ts'
import { queryPartition } from './reads.ts'
import { defineRecord, UnreadableRecord } from './record.ts'
import type { Item, Table } from './table.ts'
import { absent, change, put, putItem, type TogetherWrite, writeTogether } from './writes.ts'

/** Both custodies in one shape; which of the last three is there follows from `custody`. */
export type StoredSigningKey = Omit<SigningKey, 'tenant' | 'stateSince'> & {
  /** Absent before keys were rotated: a key was then active from the beginning. */
  readonly stateSince?: EpochSeconds
  readonly keyArn?: string
  readonly isDeclared?: true
  readonly wrappedPrivateKey?: Uint8Array
}

export const signingKeyRecord = defineRecord<StoredSigningKey>({
  name: 'signing key',
  version: 1,
  fields: {
    kid: 'text',
    algorithm: 'text',
    state: 'text',
    publicKey: 'text',
    createdAt: 'number',
    stateSince: 'number?',
    custody: 'text',
    keyArn: 'text?',
    isDeclared: 'flag?',
    wrappedPrivateKey: 'bytes?',
  },
})

export const kmsKeyTakenRecord = defineRecord<{ readonly tenant: TenantId }>({
  name: 'KMS key marker',
  version: 1,
  fields: { tenant: 'text' },
})

export const rotationRecord = defineRecord<{ readonly dueAt: EpochSeconds }>({
  name: 'rotation',
  version: 1,
  fields: { dueAt: 'number' },
})

function signingKeyOf(tenant: TenantId, item: Item): SigningKey {
  const { custody, keyArn, isDeclared, wrappedPrivateKey, ...stored } = signingKeyRecord.read(item)
  const facts = { tenant, ...stored, stateSince: stored.stateSince ?? stored.createdAt }
  if (custody === 'kms' && keyArn) {
    return { ...facts, custody, keyArn, ...(isDeclared && { isDeclared }) }
  }
  if (custody === 'kms-wrapped' && wrappedPrivateKey) {
    return { ...facts, custody, wrappedPrivateKey }
  }
  throw new UnreadableRecord('signing key', `custody ${custody} lacks its key`)
}

/** The mark on a KMS key that no second issuer may pass; the same tenant may meet its own. */
function claimKmsKey(
  table: Table,
  { tenant, custody, ...signingKey }: SigningKey,
): TogetherWrite[] {
  if (custody !== 'kms' || !('keyArn' in signingKey)) return []
  const marker = { ...key.kmsKeyTaken(signingKey.keyArn), ...kmsKeyTakenRecord.write({ tenant }) }
  return [put(table, marker, 'attribute_not_exists(pk) OR tenant = :tenant', { tenant })]
}

async function createKey(table: Table, signingKey: SigningKey, event: AuditEvent) {
  const at = key.signingKey(signingKey.tenant, signingKey.kid)
  const item = { ...at, ...signingKeyRecord.write(signingKey), event }
  const refused = await writeTogether(table, [
    put(table, item, absent),
    put(table, appointmentOf(signingKey.tenant, nextRotationAt([signingKey]) ?? event.time)),
    ...claimKmsKey(table, signingKey),
  ])
  return refused.includes(2) ? ({ kind: 'key-taken' } as const) : ({ kind: 'created' } as const)
}

const appointmentOf = (tenant: TenantId, dueAt: EpochSeconds): Item => ({
  ...key.rotation(tenant),
  ...rotationRecord.write({ dueAt }),
})

/** A retired key is remembered for a while, for whoever wonders what a `kid` of the past was. */
const memoryOfRetired = seconds(400 * 24 * 60 * 60)

function moveKey(table: Table, { key: moved, to, event }: KeyTransition, now: EpochSeconds) {
  const isOver = to === 'retired'
  const over = isOver ? ', expiresAt = :expiresAt REMOVE wrappedPrivateKey' : ''
  return change(table, key.signingKey(moved.tenant, moved.kid), {
    update: `SET #state = :to, stateSince = :now, event = :event${over}`,
    condition: '#state = :from',
    names: { state: 'state' },
    values: {
      to,
      from: moved.state,
      now,
      event,
      ...(isOver && { expiresAt: plus(now, memoryOfRetired) }),
    },
  })
}

async function moveKeys(
  table: Table,
  transitions: readonly KeyTransition[],
  now: EpochSeconds,
): Promise<KeyMove> {
  const writes = transitions.map((transition) => moveKey(table, transition, now))
  const refused = await writeTogether(table, writes)
  return { kind: refused.length === 0 ? 'moved' : 'overtaken' }
}

async function dueTenants(table: Table, now: EpochSeconds): Promise<readonly TenantId[]> {
  const due: TenantId[] = []
  for (let shard = 0; shard < rotationShards; shard += 1) {
    const items = await queryPartition(table, partition.rotations(shard), 'eventual')
    const reached = items.filter((item) => isExpired(rotationRecord.read(item).dueAt, now))
    due.push(...reached.map(({ sk }) => trusted<TenantId>(String(sk))))
  }
  return due
}

export function dynamoSigningKeys(table: Table): SigningKeys {
  return {
    async list(tenant) {
      const items = await queryPartition(table, partition.signingKeys(tenant), 'strong')
      return items
        .filter(({ state }) => state !== 'retired')
        .map((item) => signingKeyOf(tenant, item))
    },
    create: (signingKey, event) => createKey(table, signingKey, event),
    move: (transitions, now) => moveKeys(table, transitions, now),
    due: (now) => dueTenants(table, now),
    appoint: (tenant, dueAt) => putItem(table, appointmentOf(tenant, dueAt)),
  }
}

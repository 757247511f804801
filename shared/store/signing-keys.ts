import type { AuditEvent } from '#shared/audit/event.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import type { SigningKeys } from '#shared/ports/repositories/signing-keys.ts'
import { key, partition } from './keys.ts'
import { queryPartition } from './reads.ts'
import { defineRecord, UnreadableRecord } from './record.ts'
import type { Item, Table } from './table.ts'
import { absent, put, type TogetherWrite, writeTogether } from './writes.ts'

/** Both custodies in one shape; which of the last two is there follows from `custody`. */
export type StoredSigningKey = Omit<SigningKey, 'tenant'> & {
  readonly keyArn?: string
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
    custody: 'text',
    keyArn: 'text?',
    wrappedPrivateKey: 'bytes?',
  },
})

export const kmsKeyTakenRecord = defineRecord<{ readonly tenant: TenantId }>({
  name: 'KMS key marker',
  version: 1,
  fields: { tenant: 'text' },
})

function signingKeyOf(tenant: TenantId, item: Item): SigningKey {
  const { custody, keyArn, wrappedPrivateKey, ...facts } = signingKeyRecord.read(item)
  if (custody === 'kms' && keyArn) return { tenant, ...facts, custody, keyArn }
  if (custody === 'kms-wrapped' && wrappedPrivateKey) {
    return { tenant, ...facts, custody, wrappedPrivateKey }
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
    ...claimKmsKey(table, signingKey),
  ])
  return refused.includes(1) ? ({ kind: 'key-taken' } as const) : ({ kind: 'created' } as const)
}

export function dynamoSigningKeys(table: Table): SigningKeys {
  return {
    async list(tenant) {
      const items = await queryPartition(table, partition.signingKeys(tenant), 'strong')
      return items
        .map((item) => signingKeyOf(tenant, item))
        .filter(({ state }) => state !== 'retired')
    },
    create: (signingKey, event) => createKey(table, signingKey, event),
  }
}

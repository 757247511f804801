import type { SealingKind } from '#shared/keys/sealing-key.ts'
import type {
  ClientId,
  FamilyId,
  GroupId,
  SessionHash,
  TenantId,
  UserId,
} from '#shared/kernel/ids.ts'

export interface Key {
  readonly pk: string
  readonly sk: string
}

/** Sort key of an item that is alone in its partition. */
const alone = '#'

const lower = (text: string): string => text.normalize('NFKC').toLowerCase()

/**
 * Every key shape of the table: the entity word leads, so that IAM's `dynamodb:LeadingKeys` can name it,
 * then the tenant, then the id. Hashes and ids come from us; what a person typed is encoded.
 */
export const key = {
  tenant: (t: TenantId): Key => ({ pk: `TENANT#${t}`, sk: alone }),
  client: (t: TenantId, c: ClientId): Key => ({
    pk: `CLIENT#${t}#${encodeURIComponent(c)}`,
    sk: alone,
  }),
  user: (t: TenantId, u: UserId): Key => ({ pk: `USER#${t}#${u}`, sk: alone }),
  userName: (t: TenantId, name: string): Key => ({
    pk: `USERNAME#${t}#${encodeURIComponent(lower(name))}`,
    sk: alone,
  }),
  password: (t: TenantId, u: UserId): Key => ({ pk: `PASSWORD#${t}#${u}`, sk: alone }),
  group: (t: TenantId, g: GroupId): Key => ({ pk: `GROUP#${t}#${g}`, sk: alone }),
  groupName: (t: TenantId, name: string): Key => ({
    pk: `GROUPNAME#${t}#${encodeURIComponent(lower(name))}`,
    sk: alone,
  }),
  membership: (t: TenantId, u: UserId, g: GroupId): Key => ({ pk: `MEMBERSHIP#${t}#${u}`, sk: g }),
  session: (t: TenantId, u: UserId, s: SessionHash): Key => ({ pk: `SESSION#${t}#${u}`, sk: s }),
  consent: (t: TenantId, u: UserId, c: ClientId): Key => ({ pk: `CONSENT#${t}#${u}`, sk: c }),
  family: (t: TenantId, u: UserId, f: FamilyId): Key => ({ pk: `FAMILY#${t}#${u}`, sk: f }),
  failedPasswords: (t: TenantId, kind: 'account' | 'address', hash: string): Key => ({
    pk: `FAILEDPASSWORD#${t}#${hash}`,
    sk: kind,
  }),
  clientAssertion: (t: TenantId, c: ClientId, jtiHash: string): Key => ({
    pk: `ASSERTION#${t}#${encodeURIComponent(c)}`,
    sk: jtiHash,
  }),
  signingKey: (t: TenantId, kid: string): Key => ({ pk: `SIGNINGKEY#${t}`, sk: kid }),
  kmsKeyTaken: (keyArn: string): Key => ({ pk: `KMSKEY#${keyArn}`, sk: alone }),
  sealingKey: (kind: SealingKind, id: string): Key => ({ pk: `SEALINGKEY#${kind}`, sk: id }),
  outbox: (t: TenantId, eventId: string): Key => ({ pk: `OUTBOX#${t}#${eventId}`, sk: alone }),
} as const

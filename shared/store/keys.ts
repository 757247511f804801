import { comparableName } from '#shared/directory/user-name.ts'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import type {
  ClientId,
  FamilyId,
  GroupId,
  SessionId,
  TenantId,
  UserId,
} from '#shared/kernel/ids.ts'
import type { SealingKind } from '#shared/keys/sealing-key.ts'
import type { BackchannelRequestId } from '#shared/oauth/polling/backchannel-request.ts'
import type { UserCodeHash } from '#shared/oauth/polling/user-code.ts'

export interface Key {
  readonly pk: string
  readonly sk: string
}

/** Sort key of an item that is alone in its partition. */
const alone = '#'

/** Longest spelled-out part of a key; DynamoDB allows 2,048 bytes for `pk` and 1,024 for `sk`. */
const longestPart = 900

/**
 * Encodes what a person or a client has typed: any text at all gives a valid part without `#`.
 *
 * Parts too long for a key are hashed; `=` never comes out of the encoding, so the two cannot meet.
 */
function typed(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed())
  return encoded.length <= longestPart ? encoded : `sha256=${sha256Base64url(text)}`
}

/** Names that differ only in case or in Unicode's compatible spellings are one name. */
const sameName = (name: string): string => typed(comparableName(name))

/** Over so many partitions the list of tenants is spread. */
export const rotationShards = 16

const shardOf = (t: TenantId): number =>
  (Buffer.from(sha256Base64url(t), 'base64url')[0] ?? 0) % rotationShards

/** Partitions that are read as a whole. */
export const partition = {
  memberships: (t: TenantId, u: UserId): string => `MEMBERSHIP#${t}#${u}`,
  backchannelRequests: (t: TenantId, u: UserId): string => `BACKCHANNEL#${t}#${u}`,
  families: (t: TenantId, u: UserId): string => `FAMILY#${t}#${u}`,
  sessions: (t: TenantId, u: UserId): string => `SESSION#${t}#${u}`,
  signingKeys: (t: TenantId): string => `SIGNINGKEY#${t}`,
  sealingKeys: (kind: SealingKind): string => `SEALINGKEY#${kind}`,
  rotations: (shard: number): string => `ROTATION#${shard}`,
} as const

/**
 * Every key shape of the table: the entity word leads, so that IAM's `dynamodb:LeadingKeys` can name it,
 * then the tenant, then the id. Hashes and ids come from us; what a person typed is encoded.
 */
export const key = {
  tenant: (t: TenantId): Key => ({ pk: `TENANT#${t}`, sk: alone }),
  client: (t: TenantId, c: ClientId): Key => ({ pk: `CLIENT#${t}#${typed(c)}`, sk: alone }),
  resourceServer: (t: TenantId, identifierHash: string): Key => ({
    pk: `RESOURCE#${t}#${identifierHash}`,
    sk: alone,
  }),
  trustedIssuer: (t: TenantId, issuerHash: string): Key => ({
    pk: `TRUSTEDISSUER#${t}#${issuerHash}`,
    sk: alone,
  }),
  pushedRequest: (t: TenantId, referenceHash: string): Key => ({
    pk: `PUSHEDREQUEST#${t}#${referenceHash}`,
    sk: alone,
  }),
  initialAccessToken: (t: TenantId, tokenHash: string): Key => ({
    pk: `INITIALTOKEN#${t}#${tokenHash}`,
    sk: alone,
  }),
  longCode: (t: TenantId, jti: FamilyId): Key => ({ pk: `LONGCODE#${t}#${jti}`, sk: alone }),
  user: (t: TenantId, u: UserId): Key => ({ pk: `USER#${t}#${u}`, sk: alone }),
  userName: (t: TenantId, name: string): Key => ({
    pk: `USERNAME#${t}#${sameName(name)}`,
    sk: alone,
  }),
  password: (t: TenantId, u: UserId): Key => ({ pk: `PASSWORD#${t}#${u}`, sk: alone }),
  group: (t: TenantId, g: GroupId): Key => ({ pk: `GROUP#${t}#${g}`, sk: alone }),
  groupName: (t: TenantId, name: string): Key => ({
    pk: `GROUPNAME#${t}#${sameName(name)}`,
    sk: alone,
  }),
  membership: (t: TenantId, u: UserId, g: GroupId): Key => ({
    pk: partition.memberships(t, u),
    sk: g,
  }),
  session: (t: TenantId, u: UserId, s: SessionId): Key => ({ pk: partition.sessions(t, u), sk: s }),
  consent: (t: TenantId, u: UserId, c: ClientId): Key => ({
    pk: `CONSENT#${t}#${u}`,
    sk: typed(c),
  }),
  family: (t: TenantId, u: UserId, f: FamilyId): Key => ({ pk: partition.families(t, u), sk: f }),
  failedPasswords: (t: TenantId, kind: 'account' | 'address', hash: string): Key => ({
    pk: `FAILEDPASSWORD#${t}#${hash}`,
    sk: kind,
  }),
  device: (t: TenantId, id: UserCodeHash): Key => ({ pk: `DEVICE#${t}#${id}`, sk: alone }),
  backchannelRequest: (t: TenantId, u: UserId, id: BackchannelRequestId): Key => ({
    pk: partition.backchannelRequests(t, u),
    sk: id,
  }),
  attempts: (t: TenantId, hash: string): Key => ({ pk: `ATTEMPT#${t}#${hash}`, sk: alone }),
  clientAssertion: (t: TenantId, c: ClientId, jtiHash: string): Key => ({
    pk: `ASSERTION#${t}#${typed(c)}`,
    sk: jtiHash,
  }),
  /** The hash leads: a client that proves one key all day fills no partition. */
  usedProof: (t: TenantId, jkt: string, jtiHash: string): Key => ({
    pk: `PROOF#${t}#${jtiHash}`,
    sk: jkt,
  }),
  signingKey: (t: TenantId, kid: string): Key => ({ pk: partition.signingKeys(t), sk: kid }),
  kmsKeyTaken: (keyArn: string): Key => ({ pk: `KMSKEY#${keyArn}`, sk: alone }),
  rotation: (t: TenantId): Key => ({ pk: partition.rotations(shardOf(t)), sk: t }),
  sealingKey: (kind: SealingKind, id: string): Key => ({ pk: partition.sealingKeys(kind), sk: id }),
  revokedToken: (t: TenantId, jti: string): Key => ({ pk: `REVOKEDTOKEN#${t}#${jti}`, sk: alone }),
  outbox: (t: TenantId, eventId: string): Key => ({ pk: `OUTBOX#${t}#${eventId}`, sk: alone }),
} as const

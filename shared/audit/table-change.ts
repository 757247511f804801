import type { AuditEvent } from './event.ts'

/** An event with the change of the table that carried it. */
export interface TableChange {
  readonly kind: 'created' | 'changed'
  /** Keys of the item, as `shared/store/keys.ts` spells them. */
  readonly pk: string
  readonly sk: string
  /** Its activity may be a word that a later version has written. */
  readonly event: Omit<AuditEvent, 'activity'> & { readonly activity: string }
}

/** What an item's keys tell of the thing that was changed. */
export interface Subject {
  /** The entity word, such as `USER`. */
  readonly entity: string
  /** Absent where a thing belongs to the whole deployment. */
  readonly tenant: string | undefined
  /** What tells the thing from others of its kind. */
  readonly id: string
}

/** Entities whose partition key has no tenant, and whose sort key is their id. */
const ofDeployment = new Set(['SEALINGKEY', 'KMSKEY'])

/** Entities that share a partition; the sort key is the id of each. */
const ofPartition = new Set([
  'MEMBERSHIP',
  'SIGNINGKEY',
  'SESSION',
  'FAMILY',
  'CONSENT',
  'BACKCHANNEL',
])

/** Reads entity word, tenant and id back from the keys of an item. */
export function subjectOf({ pk, sk }: Pick<TableChange, 'pk' | 'sk'>): Subject {
  const [entity = '', second = '', third] = pk.split('#')
  if (ofDeployment.has(entity)) return { entity, tenant: undefined, id: sk }
  if (ofPartition.has(entity)) return { entity, tenant: second, id: sk }
  return { entity, tenant: second, id: third ?? second }
}

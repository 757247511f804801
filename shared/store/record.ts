import type { Item } from './table.ts'

/** How a property is stored, as far as a reader checks it. */
type Kind<T> = T extends string
  ? 'text'
  : T extends number
    ? 'number'
    : T extends boolean
      ? 'flag'
      : T extends Uint8Array
        ? 'bytes'
        : T extends ReadonlySet<unknown>
          ? 'set'
          : T extends readonly unknown[]
            ? 'list'
            : 'map'

/** Every property of `T` with its kind; `?` marks the optional ones. The compiler checks both. */
export type Fields<T> = {
  readonly [Name in keyof T]-?: object extends Pick<T, Name>
    ? `${Kind<NonNullable<T[Name]>>}?`
    : Kind<T[Name]>
}

export interface RecordShape<T> {
  readonly name: string
  readonly version: number
  readonly fields: Fields<T>
  /** Reads the version before this one: old and new code run side by side during a rollout. */
  readonly readPrevious?: (item: Item) => T
}

/** Turns one kind of record into the attributes of an item and back. */
export interface RecordCodec<T> {
  /** Exactly the declared fields and the version, whatever else the value holds. */
  write(value: T): Item
  /** @throws UnreadableRecord for an unknown version or a field of another kind */
  read(item: Item): T
}

/** A stored item that this code cannot read: newer than the code, or damaged. */
export class UnreadableRecord extends Error {
  constructor(record: string, problem: string) {
    super(`cannot read a stored ${record}: ${problem}`)
    this.name = 'UnreadableRecord'
  }
}

const isOfKind: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  flag: (value) => typeof value === 'boolean',
  bytes: (value) => value instanceof Uint8Array,
  set: (value) => value instanceof Set,
  list: (value) => Array.isArray(value),
  map: (value) => typeof value === 'object' && value !== null,
}

export function defineRecord<T>(shape: RecordShape<T>): RecordCodec<T> {
  const kinds = Object.entries<string>(shape.fields)
  const fieldsOf = (item: Item): T => {
    const found: Record<string, unknown> = {}
    for (const [name, kind] of kinds) {
      const value = item[name]
      if (value === undefined && kind.endsWith('?')) continue
      if (!isOfKind[kind.replace('?', '')]?.(value)) {
        throw new UnreadableRecord(shape.name, `${name} is not a ${kind}`)
      }
      found[name] = value
    }
    return found as T
  }
  return {
    write: (value) => ({ v: shape.version, ...fieldsOf(value as Item) }) as Item,
    read: (item) => {
      if (item.v === shape.version) return fieldsOf(item)
      if (item.v === shape.version - 1 && shape.readPrevious) return shape.readPrevious(item)
      throw new UnreadableRecord(shape.name, `version ${item.v} is unknown`)
    },
  }
}

import { type DerValue, readDer, readDerText, readObjectIdentifier } from '#shared/kernel/der.ts'

/**
 * A name as sets of attributes, `type=value` with the type in numbers, the most significant set first.
 *
 * Two names are the same when this is.
 */
export type DistinguishedName = readonly (readonly string[])[]

/** @spec https://www.rfc-editor.org/rfc/rfc4514#section-3 */
const typeOfKeyword: ReadonlyMap<string, string> = new Map([
  ['CN', '2.5.4.3'],
  ['SERIALNUMBER', '2.5.4.5'],
  ['C', '2.5.4.6'],
  ['L', '2.5.4.7'],
  ['ST', '2.5.4.8'],
  ['STREET', '2.5.4.9'],
  ['O', '2.5.4.10'],
  ['OU', '2.5.4.11'],
  ['ORGANIZATIONIDENTIFIER', '2.5.4.97'],
  ['UID', '0.9.2342.19200300.100.1.1'],
  ['DC', '0.9.2342.19200300.100.1.25'],
  ['EMAILADDRESS', '1.2.840.113549.1.9.1'],
])

const setOf = (attributes: readonly string[]): readonly string[] => attributes.toSorted()

/** A value that is no text is told by its bytes. */
function attribute(type: string, value: DerValue): string {
  const text = readDerText(value)
  return text === undefined
    ? `${type}#${Buffer.from(value.content).toString('hex')}`
    : `${type}=${text}`
}

/**
 * Reads a name as a certificate holds it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.4
 * @param content of the SEQUENCE
 */
export const readDistinguishedName = (content: Uint8Array): DistinguishedName =>
  readDer(content).map((set) =>
    setOf(
      readDer(set.content).flatMap((pair) => {
        const [type, value] = readDer(pair.content)
        return type && value ? [attribute(readObjectIdentifier(type.content), value)] : []
      }),
    ),
  )

/** A character, an escaped one, or a byte of UTF-8 in two hexadecimal digits. */
const piece = /\\[0-9a-f]{2}|\\[ "#+,;<=>\\]|[^\\"+,;<>\0]/giy

/** Attributes up to the next separator: type, then a value in hexadecimal digits or in pieces. */
const pair =
  /\s*([a-z][a-z0-9-]*|\d+(?:\.\d+)+)\s*=\s*(?:#((?:[0-9a-f]{2})+)|(?!#)((?:\\[0-9a-f]{2}|\\[ "#+,;<=>\\]|[^\\"+,;<>\0])*))\s*([,+]|$)/iy

/**
 * Parses the string form of a name.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc4514#section-3
 * @returns `undefined` for what is no name
 */
export function parseDistinguishedName(text: string): DistinguishedName | undefined {
  const sets: string[][] = [[]]
  let at = 0
  for (;;) {
    pair.lastIndex = at
    const [all, type = '', hex, value = '', separator] = pair.exec(text) ?? []
    const parsed = all === undefined ? undefined : parsePair(type, hex, value)
    if (all === undefined || parsed === undefined) return undefined
    sets.at(-1)?.push(parsed)
    at += all.length
    if (separator === '') return sets.map(setOf).toReversed()
    if (separator === ',') sets.push([])
  }
}

function parsePair(type: string, hex: string | undefined, value: string): string | undefined {
  const numbers = /^\d/.test(type) ? type : typeOfKeyword.get(type.toUpperCase())
  if (numbers === undefined) return undefined
  if (hex === undefined) return `${numbers}=${unescaped(value)}`
  const [encoded] = readDer(Buffer.from(hex, 'hex'))
  return encoded && attribute(numbers, encoded)
}

/** Spaces at the end belong to the value only where they are escaped. */
function unescaped(value: string): string {
  const pieces = value.match(piece) ?? []
  const end = pieces.findLastIndex((each) => each !== ' ') + 1
  const bytes = pieces.slice(0, end).map((each) => {
    if (!each.startsWith('\\')) return Buffer.from(each)
    return each.length === 3 ? Buffer.from(each.slice(1), 'hex') : Buffer.from(each.slice(1))
  })
  return Buffer.concat(bytes).toString('utf8')
}

/** One value in the Distinguished Encoding Rules. */
export interface DerValue {
  /** The identifier octet; those of the high-tag form stand for nothing that we read. */
  readonly tag: number
  readonly content: Uint8Array
}

const longForm = 0x80

/**
 * Reads the values that stand one after the other; what is broken, and all behind it, is left out.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 * @param bytes unverified
 */
export function readDer(bytes: Uint8Array): readonly DerValue[] {
  const values: DerValue[] = []
  let rest = bytes
  while (rest.length > 0) {
    const [tag = 0, first = 0] = rest
    const lengthBytes = first < longForm ? 0 : first - longForm
    const length = first < longForm ? first : bigEndian(rest.subarray(2, 2 + lengthBytes))
    const start = 2 + lengthBytes
    if (lengthBytes > 4 || start + length > rest.length) return values
    values.push({ tag, content: rest.subarray(start, start + length) })
    rest = rest.subarray(start + length)
  }
  return values
}

const bigEndian = (bytes: Uint8Array): number =>
  bytes.reduce((value, byte) => value * 256 + byte, 0)

/** Writes an object identifier as numbers with dots between them. */
export function readObjectIdentifier(content: Uint8Array): string {
  const arcs: number[] = []
  let arc = 0
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f)
    if (byte >= longForm) continue
    arcs.push(arc)
    arc = 0
  }
  const [first = 0, ...others] = arcs
  const root = Math.min(Math.floor(first / 40), 2)
  return [root, first - root * 40, ...others].join('.')
}

const utf8String = 0x0c
const bmpString = 0x1e
/** Numeric, Printable, Teletex and IA5 strings. */
const oneByteStrings = new Set([0x12, 0x13, 0x14, 0x16])

/** The text of a string, `undefined` for a value of any other type. */
export function readDerText({ tag, content }: DerValue): string | undefined {
  const bytes = Buffer.from(content)
  if (tag === utf8String) return bytes.toString('utf8')
  if (oneByteStrings.has(tag)) return bytes.toString('latin1')
  if (tag === bmpString && bytes.length % 2 === 0) return bytes.swap16().toString('utf16le')
  return undefined
}

import fc from 'fast-check'
import { expect } from 'vitest'
import { ProtocolError } from '#shared/kernel/protocol-error.ts'

/** What `act` throws; to throw nothing is a failure. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

/** RFC 6749 section 5.2: what an `error_description` may hold. */
const wireText = /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/

/** Runs a parser that may refuse, but only with a protocol error that fits on the wire. */
export function parsesOrRefuses(parse: () => unknown): void {
  try {
    parse()
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError)
    expect(error).toHaveProperty('message', expect.stringMatching(wireText))
  }
}

export const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ' ', '%', '%zz', '\u0000', '"\\', '\r\nset-cookie: a=b', '#', '..'),
)

/** Forms with the given names, each with a good value, an absent one, a repeated one or any text. */
export function anyForm(
  names: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<URLSearchParams> {
  const fields = Object.entries(names).map(([name, good]) =>
    fc.tuple(fc.constant(name), fc.oneof(fc.constantFrom(...good), anyText)),
  )
  const field = fc.oneof(...fields, fc.tuple(anyText, anyText))
  return fc.array(field, { maxLength: 10 }).map((pairs) => new URLSearchParams(pairs))
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDer, readDerText, readObjectIdentifier } from './der.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const read = (text: string) =>
  readDer(hex(text)).map(({ tag, content }) => [tag, Buffer.from(content).toString('hex')])

describe('values', () => {
  test('stand one after the other', () => {
    expect(read('0201 05 0500 30 03 020107')).toEqual([
      [0x02, '05'],
      [0x05, ''],
      [0x30, '020107'],
    ])
  })

  test('may tell their length in bytes of its own', () => {
    const [value] = readDer(Buffer.concat([hex('04 82 0100'), Buffer.alloc(256, 1)]))
    expect(value?.content).toHaveLength(256)
  })

  test.each(['04', '0405', '048180', '0485 0000000001 00', '04 80 0000'])(
    'that are broken are left out: %s',
    (text) => {
      expect(read(text).filter(([, content]) => content !== '')).toEqual([])
    },
  )

  test('that are broken take nothing with them that stands before', () => {
    expect(read('020105 0405')).toEqual([[0x02, '05']])
  })
})

test.each([
  ['550403', '2.5.4.3'],
  ['2a864886f70d010901', '1.2.840.113549.1.9.1'],
  ['0992268993f22c640119', '0.9.2342.19200300.100.1.25'],
  ['883703', '2.999.3'],
])('object identifier %s is %s', (text, expected) => {
  expect(readObjectIdentifier(hex(text))).toBe(expected)
})

test('texts of every kind that names are written in', () => {
  const text = (tag: number, content: Uint8Array) => readDerText({ tag, content })
  expect(text(0x0c, Buffer.from('Zürich'))).toBe('Zürich')
  expect(text(0x13, Buffer.from('CH'))).toBe('CH')
  expect(text(0x1e, hex('005a 00fc'))).toBe('Zü')
  expect(text(0x1e, hex('005a 00'))).toBeUndefined()
  expect(text(0x02, hex('05'))).toBeUndefined()
})

test('no bytes at all make reading throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      for (const value of readDer(bytes)) {
        readDerText(value)
        readObjectIdentifier(value.content)
      }
    }),
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText } from '../../../test/support/refusals.ts'
import { parseDistinguishedName, readDistinguishedName } from './distinguished-name.ts'

const commonName = '2.5.4.3'
const organization = '2.5.4.10'

describe('rfc4514 section 4: the examples', () => {
  test.each([
    [
      'UID=jsmith,DC=example,DC=net',
      [
        ['0.9.2342.19200300.100.1.25=net'],
        ['0.9.2342.19200300.100.1.25=example'],
        ['0.9.2342.19200300.100.1.1=jsmith'],
      ],
    ],
    [
      'OU=Sales+CN=J.  Smith,DC=example,DC=net',
      [
        ['0.9.2342.19200300.100.1.25=net'],
        ['0.9.2342.19200300.100.1.25=example'],
        ['2.5.4.11=Sales', '2.5.4.3=J.  Smith'],
      ],
    ],
    [
      'CN=James \\"Jim\\" Smith\\, III,DC=net',
      [['0.9.2342.19200300.100.1.25=net'], ['2.5.4.3=James "Jim" Smith, III']],
    ],
    ['CN=Before\\0dAfter,DC=net', [['0.9.2342.19200300.100.1.25=net'], ['2.5.4.3=Before\rAfter']]],
    ['1.3.6.1.4.1.1466.0=#04024869', [['1.3.6.1.4.1.1466.0#4869']]],
    ['CN=Lu\\C4\\8Di\\C4\\87', [['2.5.4.3=Lučić']]],
  ])('%s', (text, expected) => {
    expect(parseDistinguishedName(text)).toEqual(expected)
  })
})

describe('rfc4514 section 3: the same name, written otherwise', () => {
  test.each([
    ['cn=a,o=b', 'CN=a,O=b'],
    ['CN=a, O=b', 'CN=a,O=b'],
    ['2.5.4.3=a', 'CN=a'],
    ['O=b+CN=a', 'CN=a+O=b'],
    ['CN=\\61', 'CN=a'],
    ['CN=#0c0161', 'CN=a'],
    ['CN=a\\,b', 'CN=a\\2cb'],
    ['CN=a ', 'CN=a'],
  ])('%s is %s', (one, other) => {
    expect(parseDistinguishedName(one)).toEqual(parseDistinguishedName(other))
  })

  test.each([
    ['CN=a,O=b', 'O=b,CN=a'],
    ['CN=a+O=b', 'CN=a,O=b'],
    ['CN=a', 'CN=A'],
    ['CN=a\\ ', 'CN=a'],
    ['CN=a', 'CN=a,O=b'],
  ])('%s is not %s', (one, other) => {
    expect(parseDistinguishedName(one)).not.toEqual(parseDistinguishedName(other))
  })
})

test.each([
  '',
  'a',
  'CN',
  'CN=a,',
  'CN=a+',
  ',CN=a',
  'CN=a;O=b',
  'CN="a"',
  'CN=a\\',
  'CN=a\\x',
  'CN=#0',
  'CN=#',
  'XX=a',
  '=a',
])('rfc4514 section 3: %j is no name', (text) => {
  expect(parseDistinguishedName(text)).toBeUndefined()
})

const attribute = (type: string, value: string) => {
  const text = Buffer.from(value)
  const inner = Buffer.concat([Buffer.from(type, 'hex'), Buffer.from([0x0c, text.length]), text])
  return Buffer.concat([Buffer.from([0x30, inner.length]), inner])
}
const set = (...attributes: Buffer[]) => {
  const content = Buffer.concat(attributes)
  return Buffer.concat([Buffer.from([0x31, content.length]), content])
}
const cn = (value: string) => attribute('0603550403', value)
const o = (value: string) => attribute('060355040a', value)

test('rfc5280 section 4.1.2.4: a name is a sequence of sets, the most significant first', () => {
  const name = Buffer.concat([set(o('b')), set(cn('a'))])
  expect(readDistinguishedName(name)).toEqual([[`${organization}=b`], [`${commonName}=a`]])
  expect(readDistinguishedName(name)).toEqual(parseDistinguishedName('CN=a,O=b'))
})

test('rfc4514 section 2.2: of a set with several attributes the order means nothing', () => {
  const name = parseDistinguishedName('CN=a+O=b')
  expect(readDistinguishedName(set(cn('a'), o('b')))).toEqual(name)
  expect(readDistinguishedName(set(o('b'), cn('a')))).toEqual(name)
})

test('a value that looks like several attributes is one', () => {
  const lie = readDistinguishedName(set(cn('a,O=b')))
  expect(lie).not.toEqual(parseDistinguishedName('CN=a,O=b'))
  expect(lie).toEqual(parseDistinguishedName('CN=a\\,O\\=b'))
})

test('no text at all makes parsing throw', () => {
  const parts = fc.array(fc.oneof(anyText, fc.constantFrom('CN=', ',', '+', '\\', '#', '0c')))
  fc.assert(
    fc.property(
      fc.oneof(
        anyText,
        parts.map((each) => each.join('')),
      ),
      (text) => {
        parseDistinguishedName(text)
      },
    ),
    { numRuns: 500 },
  )
})

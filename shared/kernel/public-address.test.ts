import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isLoopbackAddress, isPublicAddress } from './public-address.ts'

/** First and last address of every block of the registry that is not globally reachable, or near to us. */
const special = [
  ['"this" network', '0.0.0.0', '0.255.255.255'],
  ['private', '10.0.0.0', '10.255.255.255'],
  ['shared by carriers', '100.64.0.0', '100.127.255.255'],
  ['loopback', '127.0.0.0', '127.255.255.255'],
  ['link local, with the metadata of machines', '169.254.0.0', '169.254.169.254'],
  ['link local', '169.254.170.2', '169.254.255.255'],
  ['private', '172.16.0.0', '172.31.255.255'],
  ['protocol assignments', '192.0.0.0', '192.0.0.255'],
  ['documentation', '192.0.2.0', '192.0.2.255'],
  ['AS112', '192.31.196.0', '192.31.196.255'],
  ['AMT', '192.52.193.0', '192.52.193.255'],
  ['6to4 relays', '192.88.99.0', '192.88.99.255'],
  ['private', '192.168.0.0', '192.168.255.255'],
  ['AS112 by delegation', '192.175.48.0', '192.175.48.255'],
  ['benchmarks', '198.18.0.0', '198.19.255.255'],
  ['documentation', '198.51.100.0', '198.51.100.255'],
  ['documentation', '203.0.113.0', '203.0.113.255'],
  ['multicast', '224.0.0.0', '239.255.255.255'],
  ['reserved, and broadcast', '240.0.0.0', '255.255.255.255'],
  ['unspecified, and loopback', '::', '::1'],
  ['mapped IPv4', '::ffff:0.0.0.0', '::ffff:255.255.255.255'],
  ['mapped public IPv4', '::ffff:1.1.1.1', '::ffff:808:808'],
  ['compatible IPv4', '::127.0.0.1', '::8.8.8.8'],
  ['translated IPv4', '::ffff:0:127.0.0.1', '::ffff:0:8.8.8.8'],
  ['NAT64', '64:ff9b::', '64:ff9b::169.254.169.254'],
  ['NAT64 of one network', '64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
  ['discard', '100::', '100::ffff:ffff:ffff:ffff'],
  ['dummy', '100:0:0:1::', '100:0:0:1:ffff:ffff:ffff:ffff'],
  ['Teredo', '2001::', '2001:0:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['protocol assignments', '2001:1::1', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['benchmarks', '2001:2::', '2001:2:0:ffff:ffff:ffff:ffff:ffff'],
  ['ORCHID', '2001:10::', '2001:2f:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['documentation', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['6to4', '2002::', '2002:7f00:1::'],
  [
    '6to4 of the metadata of machines',
    '2002:a9fe:a9fe::',
    '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  ],
  ['AS112', '2620:4f:8000::', '2620:4f:8000:ffff:ffff:ffff:ffff:ffff'],
  ['documentation', '3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['segment routing', '5f00::', '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['unique local, with the metadata of machines', 'fc00::', 'fd00:ec2::254'],
  ['unique local', 'fd00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['link local', 'fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['site local', 'fec0::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['multicast', 'ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
] as const

test.each(special)('rfc6890 section 2.2.1: %s, from %s to %s, is not public', (_, first, last) => {
  expect(isPublicAddress(first)).toBe(false)
  expect(isPublicAddress(last)).toBe(false)
})

test.each([
  ['1.1.1.1', '9.255.255.255'],
  ['11.0.0.0', '100.63.255.255'],
  ['100.128.0.0', '126.255.255.255'],
  ['128.0.0.0', '169.253.255.255'],
  ['169.255.0.0', '172.15.255.255'],
  ['172.32.0.0', '191.255.255.255'],
  ['192.0.1.0', '192.0.1.255'],
  ['192.167.255.255', '192.169.0.0'],
  ['198.17.255.255', '198.20.0.0'],
  ['203.0.112.255', '223.255.255.255'],
  ['2000::', '2000:ffff::'],
  ['2001:200::', '2001:db7:ffff::'],
  ['2001:db9::', '2001:4860:4860::8888'],
  ['2003::', '3ffe:ffff::'],
])(
  'rfc6890 section 2.2.1: what lies beside the special blocks, such as %s and %s, is public',
  (first, last) => {
    expect(isPublicAddress(first)).toBe(true)
    expect(isPublicAddress(last)).toBe(true)
  },
)

test.each([
  '',
  'localhost',
  '127.1',
  '0x7f000001',
  '2130706433',
  '017700000001',
  '8.8.8.8 ',
  '[2003::]',
  '2003::%eth0',
  '2003::/16',
])('what is no address, such as "%s", is not public', (text) => {
  expect(isPublicAddress(text)).toBe(false)
})

test('rfc6890 section 2.2.1: no IPv4 address becomes public by the IPv6 address that carries it', () => {
  const hexadecimal = (bits: number) => bits.toString(16)
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
      const halves = `${hexadecimal(a * 256 + b)}:${hexadecimal(c * 256 + d)}`
      const carriers = [
        `::ffff:${address}`,
        `::${address}`,
        `64:ff9b::${halves}`,
        `2002:${halves}::`,
      ]
      for (const carrier of carriers) expect(isPublicAddress(carrier)).toBe(false)
    }),
  )
})

test('an address is never both public and loopback, and no text makes either fail', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (text) => {
      expect(isPublicAddress(text) && isLoopbackAddress(text)).toBe(false)
    }),
  )
})

test('only this very computer is loopback', () => {
  for (const own of ['127.0.0.1', '127.255.255.255', '::1'])
    expect(isLoopbackAddress(own)).toBe(true)
  const others = ['128.0.0.1', '::ffff:127.0.0.1', '::', '0.0.0.0', 'localhost', '']
  for (const other of others) expect(isLoopbackAddress(other)).toBe(false)
})

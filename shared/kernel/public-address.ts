import { BlockList, isIP } from 'node:net'

type Block = readonly [network: string, prefix: number]

/** @spec https://www.rfc-editor.org/rfc/rfc6890#section-2.2.2 and IANA's registry since */
const specialIpv4: readonly Block[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast, and all that is reserved behind it, the broadcast address included.
  ['224.0.0.0', 3],
]

/**
 * Only here are addresses of single hosts given out: loopback, unique local, link local, multicast and
 * every form that carries an IPv4 address (mapped, translated, 64:ff9b) lie elsewhere.
 */
const globalUnicast: Block = ['2000::', 3]

/** @spec https://www.rfc-editor.org/rfc/rfc6890#section-2.2.3 and IANA's registry since */
const specialIpv6: readonly Block[] = [
  // Protocol assignments: Teredo and its like carry IPv4 addresses.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
]

function listOf(blocks: readonly Block[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of blocks) list.addSubnet(network, prefix, family)
  return list
}

const isSpecialIpv4 = listOf(specialIpv4, 'ipv4')
const isGlobalIpv6 = listOf([globalUnicast], 'ipv6')
const isSpecialIpv6 = listOf(specialIpv6, 'ipv6')
const loopbackIpv4 = listOf([['127.0.0.0', 8]], 'ipv4')

/**
 * True for an address that anybody on the internet could ask as well as we can.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6890#section-2.2.1 "globally reachable"
 * @param address unverified; what is no address is not public
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !isSpecialIpv4.check(address, 'ipv4')
    case 6:
      return (
        !address.includes('%') &&
        isGlobalIpv6.check(address, 'ipv6') &&
        !isSpecialIpv6.check(address, 'ipv6')
      )
    default:
      return false
  }
}

/** True for an address of this very computer. @param address unverified */
export function isLoopbackAddress(address: string): boolean {
  if (isIP(address) === 4) return loopbackIpv4.check(address, 'ipv4')
  return address === '::1'
}

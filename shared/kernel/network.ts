import { isIPv6 } from 'node:net'

/**
 * The part of an address that one subscriber holds: attempts from there are counted as one.
 *
 * Of IPv6 that is a whole /64.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = '', tail] = groups.split('::')
  const leading = head === '' ? [] : head.split(':')
  const trailing = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: 8 - leading.length - trailing.length }, () => '0')
  return [...leading, ...zeros, ...trailing].slice(0, 4).join(':')
}

import { isIPv6 } from 'node:net'
import { comparableName } from '#shared/directory/user-name.ts'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { seconds } from '#shared/kernel/time.ts'

/** Failures are counted in windows of this length. */
export const failureWindow = seconds(15 * 60)

/**
 * Failures after which an account, known or not, is left alone until its window ends.
 */
export const maximalAccountFailures = 10

/** Failures after which one address may not try at all, so that strangers cannot spend our writes. */
export const maximalAddressFailures = 100

/** One subscriber holds a whole /64 of IPv6, so its addresses are counted as one. */
function network(address: string): string {
  if (!isIPv6(address)) return address
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = '', tail] = groups.split('::')
  const leading = head === '' ? [] : head.split(':')
  const trailing = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: 8 - leading.length - trailing.length }, () => '0')
  return [...leading, ...zeros, ...trailing].slice(0, 4).join(':')
}

/** Counters are found by hashes: what a person typed as a user name is sometimes a password. */
export const failureKeys = (userName: string, address: string) => ({
  account: sha256Base64url(`account\n${comparableName(userName)}`),
  address: sha256Base64url(`address\n${network(address)}`),
})

export interface Failures {
  readonly account: number
  readonly address: number
}

/** True when no further attempt is let in. */
export const isThrottled = (failures: Failures): boolean =>
  failures.account >= maximalAccountFailures || failures.address >= maximalAddressFailures

/** True when a failure that is counted by now should not have been let in. */
export const isPastLimit = (failures: Failures): boolean =>
  failures.account > maximalAccountFailures || failures.address > maximalAddressFailures

import { comparableName } from '#shared/directory/user-name.ts'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { networkOf } from '#shared/kernel/network.ts'
import { seconds } from '#shared/kernel/time.ts'

/** Failures are counted in windows of this length. */
export const failureWindow = seconds(15 * 60)

/**
 * Failures after which an account, known or not, is left alone until its window ends.
 */
export const maximalAccountFailures = 10

/** Failures after which one address may not try at all, so that strangers cannot spend our writes. */
export const maximalAddressFailures = 100

/** Counters are found by hashes: what a person typed as a user name is sometimes a password. */
export const failureKeys = (userName: string, address: string) => ({
  account: sha256Base64url(`account\n${comparableName(userName)}`),
  address: sha256Base64url(`address\n${networkOf(address)}`),
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

import { sha256Base64url } from '#shared/kernel/digest.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import { networkOf } from '#shared/kernel/network.ts'
import type { AttemptLimit } from '../attempt-limit.ts'

/**
 * How many user codes may be entered, right ones and wrong ones: by one person, and in one network.
 *
 * Of 25 billion codes ten in a quarter of an hour find none, however many devices wait.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-5.1
 */
export const userCodeLimits = (user: UserId, address: string): readonly AttemptLimit[] => [
  { key: sha256Base64url(`user code of user\n${user}`), maximum: 10 },
  { key: sha256Base64url(`user code of network\n${networkOf(address)}`), maximum: 100 },
]

/** How many devices of clients that anybody can be one network may start. */
export const deviceStartLimits = (address: string): readonly AttemptLimit[] => [
  { key: sha256Base64url(`device of network\n${networkOf(address)}`), maximum: 100 },
]

import { sha256Base64url } from '#shared/kernel/digest.ts'
import { networkOf } from '#shared/kernel/network.ts'
import type { AttemptLimit } from '../attempt-limit.ts'

/**
 * How many clients one network may register where anybody may, or by statements, which are no secrets.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-5
 */
export const registrationLimits = (address: string): readonly AttemptLimit[] => [
  { key: sha256Base64url(`registration of network\n${networkOf(address)}`), maximum: 50 },
]

import { sha256Base64url } from '#shared/kernel/digest.ts'
import { networkOf } from '#shared/kernel/network.ts'
import type { AttemptLimit } from '../attempt-limit.ts'

/** What a client may have written without that any person has a part in it. */
export type StrangersWork = 'backchannel' | 'pushed-request' | 'token'

/** How much of one kind of work one network may ask for by clients that anybody can be. */
export const strangerLimits = (work: StrangersWork, address: string): readonly AttemptLimit[] => [
  { key: sha256Base64url(`${work} of strangers of network\n${networkOf(address)}`), maximum: 100 },
]

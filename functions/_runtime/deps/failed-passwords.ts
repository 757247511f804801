import type { FailedPasswords } from '#shared/ports/repositories/failed-passwords.ts'
import { config } from '../config.ts'
import { failedPasswords as counted } from './store.ts'

const none = { account: 0, address: 0 }

/** Writes down every failure, and turns nobody away for them. */
const uncounted: FailedPasswords = {
  count: async () => none,
  add: async (...failure) => {
    await counted.add(...failure)
    return none
  },
}

export const failedPasswords = config.liftsRateLimits ? uncounted : counted

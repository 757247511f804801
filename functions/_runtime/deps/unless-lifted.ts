import type { FailedPasswords } from '#shared/ports/repositories/failed-passwords.ts'
import { config } from '../config.ts'

const none = { account: 0, address: 0 }

/** Writes down every failure, but turns nobody away for them where limits are lifted. */
export const unlessLifted = (counted: FailedPasswords): FailedPasswords =>
  config.liftsRateLimits
    ? {
        count: async () => none,
        add: async (...failure) => {
          await counted.add(...failure)
          return none
        },
      }
    : counted

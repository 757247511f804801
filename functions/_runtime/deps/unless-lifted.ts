import type { Attempts } from '#shared/ports/repositories/attempts.ts'
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

/** Writes down every attempt, but turns nobody away for them where limits are lifted. */
export const attemptsUnlessLifted = (counted: Attempts): Attempts =>
  config.liftsRateLimits
    ? {
        count: async (_, keys) => keys.map(() => 0),
        add: async (...attempt) => {
          await counted.add(...attempt)
          return []
        },
      }
    : counted

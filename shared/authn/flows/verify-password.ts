import type { AuditEvent } from '#shared/audit/event.ts'
import { trusted, type UserId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import type { PasswordHasher } from '#shared/ports/password-hasher.ts'
import type { Random } from '#shared/ports/random.ts'
import type { FailedPasswords } from '#shared/ports/repositories/failed-passwords.ts'
import type { Passwords } from '#shared/ports/repositories/passwords.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { PasswordAttempt } from '../password-attempt.ts'
import { failureKeys, failureWindow, isPastLimit, isThrottled } from '../throttle.ts'

export interface PasswordPorts {
  readonly users: Users
  readonly passwords: Passwords
  readonly failedPasswords: FailedPasswords
  readonly passwordHasher: PasswordHasher
  readonly random: Random
}

export type PasswordVerdict =
  | { readonly kind: 'verified'; readonly user: UserId }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'throttled' }

/**
 * Verifies a password; known, unknown and disabled users take the same path and the same time.
 *
 * The counters are looked at again after the hash: of a burst of guesses sent side by side those past
 * the limit are turned away alike, the right one among them, so that the answer does not tell it.
 *
 * @spec https://pages.nist.gov/800-63-4/sp800-63b.html#throttle
 */
export const verifyPassword =
  (ports: PasswordPorts) =>
  async (tenant: Tenant, attempt: PasswordAttempt, now: EpochSeconds): Promise<PasswordVerdict> => {
    const keys = failureKeys(attempt.userName, attempt.address)
    if (isThrottled(await ports.failedPasswords.count(tenant.id, keys, now))) {
      return { kind: 'throttled' }
    }
    const user = await matchingUser(ports, tenant, attempt)
    if (user === undefined) {
      const window = { now, endsAt: plus(now, failureWindow) }
      const event = failure(ports, attempt, now)
      const failures = await ports.failedPasswords.add(tenant.id, keys, window, event)
      return { kind: isPastLimit(failures) ? 'throttled' : 'wrong' }
    }
    const isBurst = isThrottled(await ports.failedPasswords.count(tenant.id, keys, now))
    return isBurst ? { kind: 'throttled' } : { kind: 'verified', user }
  }

async function matchingUser(
  ports: PasswordPorts,
  tenant: Tenant,
  attempt: PasswordAttempt,
): Promise<UserId | undefined> {
  const known = await ports.users.findIdByUserName(tenant.id, attempt.userName)
  const id = known ?? nobody(ports.random)
  const [record, user] = await Promise.all([
    ports.passwords.find(tenant.id, id),
    ports.users.find(tenant.id, id),
  ])
  const isRight = await ports.passwordHasher.verify(record?.phc, attempt.password)
  return isRight && user?.attributes.active ? user.id : undefined
}

/** An id that no user has: it is read all the same, for a read that is left out shows in the time. */
const nobody = (random: Random): UserId => trusted<UserId>(random.id())

const failure = (
  ports: PasswordPorts,
  attempt: PasswordAttempt,
  now: EpochSeconds,
): AuditEvent => ({
  id: ports.random.id(),
  time: now,
  activity: 'sign-in-failed',
  address: attempt.address,
  rule: 'authn/password/wrong',
})

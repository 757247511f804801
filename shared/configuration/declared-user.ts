import { isDeepStrictEqual } from 'node:util'
import type { User } from '#shared/directory/user.ts'
import type { TenantId, UserId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, epochSeconds, nextSecond } from '#shared/kernel/time.ts'
import type { DeclaredUser } from './document.ts'

/** What of a user is a person's data: everything but the password and our own bookkeeping. */
const profileOf = ({ attributes, emailVerified }: Pick<User, 'attributes' | 'emailVerified'>) => ({
  attributes,
  emailVerified,
})

function declaredProfile({ password: _, emailVerified, ...attributes }: DeclaredUser) {
  return { attributes, emailVerified }
}

export const hasDeclaredProfile = (user: User, declared: DeclaredUser): boolean =>
  isDeepStrictEqual(profileOf(user), declaredProfile(declared))

export const newUser = (
  tenant: TenantId,
  id: UserId,
  declared: DeclaredUser,
  now: EpochSeconds,
): User => ({
  tenant,
  id,
  ...declaredProfile(declared),
  updatedAt: now,
  validAfter: epochSeconds(0),
})

/** The user with the declared profile; one that is disabled by it loses every session and token. */
export const withDeclaredProfile = (
  user: User,
  declared: DeclaredUser,
  now: EpochSeconds,
): User => ({
  ...user,
  ...declaredProfile(declared),
  updatedAt: now,
  validAfter: user.attributes.active && !declared.active ? nextSecond(now) : user.validAfter,
})

/**
 * The user at the moment of a new password: sessions and tokens from before end.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7643#section-4.1.1 password
 */
export const withNewPassword = (user: User, now: EpochSeconds): User => ({
  ...user,
  updatedAt: now,
  validAfter: nextSecond(now),
})

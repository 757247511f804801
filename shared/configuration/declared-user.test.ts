import { expect, test } from 'vitest'
import { type TenantId, trusted, type UserId } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import {
  hasDeclaredProfile,
  newUser,
  withDeclaredProfile,
  withNewPassword,
} from './declared-user.ts'

const declared = {
  userName: 'ada',
  active: true,
  emailVerified: true,
  emails: [{ value: 'ada@example.com', primary: true }],
  password: new Secret('correct horse battery'),
}
const [then, now] = [epochSeconds(1_000), epochSeconds(2_000)]
const ada = newUser(trusted<TenantId>('demo'), trusted<UserId>('u1'), declared, then)

test('a record holds the attributes, and never the password', () => {
  expect(ada.attributes).toEqual({
    userName: 'ada',
    active: true,
    emails: [{ value: 'ada@example.com', primary: true }],
  })
  expect(ada).toMatchObject({ emailVerified: true, updatedAt: then, validAfter: 0 })
})

test('a declaration is compared by its attributes, not by its password', () => {
  expect(hasDeclaredProfile(ada, { ...declared, password: new Secret('another') })).toBe(true)
  expect(hasDeclaredProfile(ada, { ...declared, emailVerified: false })).toBe(false)
  expect(hasDeclaredProfile(ada, { ...declared, nickName: 'Ada' })).toBe(false)
})

test('an attribute that is no longer declared is gone', () => {
  const { emails: _, ...rest } = declared
  const changed = withDeclaredProfile(ada, { ...rest, emailVerified: false }, now)
  expect(changed.attributes).toEqual({ userName: 'ada', active: true })
})

test('another profile leaves sessions alone, a disabled user loses them', () => {
  expect(withDeclaredProfile(ada, { ...declared, nickName: 'A' }, now).validAfter).toBe(0)
  const disabled = withDeclaredProfile(ada, { ...declared, active: false }, now)
  expect(disabled).toMatchObject({ validAfter: now + 1, updatedAt: now })
})

test('rfc7643 section 4.1.1: a new password ends sessions and tokens from before', () => {
  expect(withNewPassword(ada, now)).toMatchObject({ validAfter: now + 1, updatedAt: now })
})

import type { PasswordRecord } from '#shared/authn/password-record.ts'
import type { User } from '#shared/directory/user.ts'
import { type TenantId, trusted, type UserId } from '#shared/kernel/ids.ts'
import type { Secret } from '#shared/kernel/secret.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import { revokeSessions } from '#shared/session/flows/revoke-sessions.ts'
import {
  hasDeclaredProfile,
  newUser,
  withDeclaredProfile,
  withNewPassword,
} from '../declared-user.ts'
import type { DeclaredUser } from '../document.ts'
import type { Applied, Outcome } from '../report.ts'
import { type ApplyPorts, inTurn, newEvent } from './apply-ports.ts'

/**
 * Creates or updates the users of a tenant, each found by its `userName`.
 *
 * The sessions that a user has lost are ended each time: an application that broke off may have left some.
 */
export const applyUsers = (
  ports: ApplyPorts,
  tenant: TenantId,
  users: readonly DeclaredUser[],
): Promise<readonly Applied[]> =>
  inTurn(users, async (declared) => ({
    kind: 'users',
    outcome: await applyUser(ports, tenant, declared),
  }))

async function applyUser(
  ports: ApplyPorts,
  tenant: TenantId,
  declared: DeclaredUser,
): Promise<Outcome> {
  const id = await ports.users.findIdByUserName(tenant, declared.userName)
  const user = id === undefined ? undefined : await ports.users.find(tenant, id)
  if (user === undefined) {
    await createUser(ports, tenant, declared)
    return 'created'
  }
  const password = await newPassword(ports, user, declared.password)
  const profile = await updateProfile(ports, user, declared)
  const current = password === undefined ? profile : await changePassword(ports, profile, password)
  if (current.validAfter > 0) await revokeSessions(ports)(current)
  return current === user ? 'unchanged' : 'updated'
}

async function createUser(
  ports: ApplyPorts,
  tenant: TenantId,
  declared: DeclaredUser,
): Promise<void> {
  const user = newUser(tenant, trusted<UserId>(ports.random.id()), declared, ports.clock.now())
  const password = declared.password && (await hashedPassword(ports, user, declared.password))
  const event = newEvent(ports, 'user-changed', { user: user.id })
  await save(ports.users, { user, ...(password && { password }), event })
}

/** Answers the user as it is stored now: the very same when nothing had to be written. */
async function updateProfile(
  ports: ApplyPorts,
  previous: User,
  declared: DeclaredUser,
): Promise<User> {
  if (hasDeclaredProfile(previous, declared)) return previous
  const user = withDeclaredProfile(previous, declared, ports.clock.now())
  const event = newEvent(ports, 'user-changed', { user: user.id })
  await save(ports.users, { user, previous, event })
  return user
}

async function changePassword(
  ports: ApplyPorts,
  previous: User,
  password: PasswordRecord,
): Promise<User> {
  const user = withNewPassword(previous, password.changedAt)
  const event = newEvent(ports, 'password-changed', { user: user.id })
  await save(ports.users, { user, previous, password, event })
  return user
}

/** The declared password as a record, or `undefined` when it is the stored one, or none is declared. */
async function newPassword(
  ports: ApplyPorts,
  user: User,
  declared: Secret | undefined,
): Promise<PasswordRecord | undefined> {
  if (declared === undefined) return undefined
  const stored = await ports.passwords.find(user.tenant, user.id)
  const isStored = stored !== undefined && (await ports.passwordHasher.verify(stored.phc, declared))
  return isStored ? undefined : hashedPassword(ports, user, declared)
}

const hashedPassword = async (
  { passwordHasher, clock }: ApplyPorts,
  { tenant, id }: User,
  password: Secret,
): Promise<PasswordRecord> => ({
  tenant,
  user: id,
  phc: await passwordHasher.hash(password),
  changedAt: clock.now(),
})

async function save(users: Users, change: Parameters<Users['save']>[0]): Promise<void> {
  const saving = await users.save(change)
  if (saving.kind === 'user-name-taken') {
    throw new Error('somebody else has taken a userName meanwhile: apply the document again')
  }
}

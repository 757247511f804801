import type { PasswordRecord } from '#shared/authn/password-record.ts'
import type { Passwords } from '#shared/ports/repositories/passwords.ts'
import { key } from './keys.ts'
import { getItem } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Item, Table } from './table.ts'

export const passwordRecord = defineRecord<Omit<PasswordRecord, 'tenant' | 'user'>>({
  name: 'password',
  version: 1,
  fields: { phc: 'text', changedAt: 'number' },
})

/** The item of a password; it is written together with its user. */
export const passwordItem = (password: PasswordRecord): Item => ({
  ...key.password(password.tenant, password.user),
  ...passwordRecord.write(password),
})

export function dynamoPasswords(table: Table): Passwords {
  return {
    async find(tenant, user) {
      const item = await getItem(table, key.password(tenant, user), 'strong')
      return item && { tenant, user, ...passwordRecord.read(item) }
    },
  }
}

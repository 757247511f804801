import type { FailedPasswords } from '#shared/ports/repositories/failed-passwords.ts'
import { addOne, countIn } from './counters.ts'
import { key } from './keys.ts'
import { getItems } from './reads.ts'
import type { Table } from './table.ts'
import { writeSideBySide } from './writes.ts'

export function dynamoFailedPasswords(table: Table): FailedPasswords {
  return {
    async count(tenant, keys, now) {
      const items = await getItems(table, [
        key.failedPasswords(tenant, 'account', keys.account),
        key.failedPasswords(tenant, 'address', keys.address),
      ])
      const failuresOf = (kind: 'account' | 'address') =>
        countIn(
          items.find(({ sk }) => sk === kind),
          now,
        )
      return { account: failuresOf('account'), address: failuresOf('address') }
    },
    async add(tenant, keys, window, event) {
      const failure = { window, event }
      const [account = 0, address = 0] = await writeSideBySide([
        addOne(table, key.failedPasswords(tenant, 'account', keys.account), failure),
        addOne(table, key.failedPasswords(tenant, 'address', keys.address), failure),
      ])
      return { account, address }
    },
  }
}

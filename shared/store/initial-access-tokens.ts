import type { InitialAccessToken } from '#shared/oauth/registration/initial-access-token.ts'
import type { InitialAccessTokens } from '#shared/ports/repositories/initial-access-tokens.ts'
import { key } from './keys.ts'
import { getItem } from './reads.ts'
import { defineRecord } from './record.ts'
import type { Table } from './table.ts'
import { putItem, updateItem } from './writes.ts'

export const initialAccessTokenRecord = defineRecord<
  Omit<InitialAccessToken, 'tenant' | 'tokenHash'>
>({
  name: 'initial access token',
  version: 1,
  fields: { expiresAt: 'number?', maximalUses: 'number?', uses: 'number', policy: 'map' },
})

const keyOf = ({ tenant, tokenHash }: InitialAccessToken) =>
  key.initialAccessToken(tenant, tokenHash)

export function dynamoInitialAccessTokens(table: Table): InitialAccessTokens {
  return {
    async find(tenant, tokenHash) {
      const item = await getItem(table, key.initialAccessToken(tenant, tokenHash), 'strong')
      return item && { tenant, tokenHash, ...initialAccessTokenRecord.read(item) }
    },
    save: (token, event) =>
      putItem(table, { ...keyOf(token), ...initialAccessTokenRecord.write(token), event }),
    async use(token, attempt, event) {
      const { kind, item } = await updateItem(table, keyOf(token), {
        update: 'SET uses = uses + :one, attempt = :attempt, event = :event',
        condition:
          'attribute_exists(pk) AND (attribute_not_exists(maximalUses) OR uses < maximalUses) AND (attribute_not_exists(attempt) OR attempt <> :attempt)',
        values: { one: 1, attempt, event },
      })
      return kind === 'updated' || item?.['attempt'] === attempt ? 'used' : 'exhausted'
    },
  }
}

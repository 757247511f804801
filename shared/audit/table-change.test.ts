import { expect, test } from 'vitest'
import { type FamilyId, type GroupId, trusted, type UserId } from '#shared/kernel/ids.ts'
import { key } from '#shared/store/keys.ts'
import { tenantId } from '#shared/tenant/tenant-id.ts'
import { subjectOf } from './table-change.ts'

const acme = tenantId('acme') ?? trusted('acme')
const ada = trusted<UserId>('ada')

test.each([
  [key.tenant(acme), 'TENANT', 'acme', 'acme'],
  [key.user(acme, ada), 'USER', 'acme', 'ada'],
  [key.group(acme, trusted<GroupId>('staff')), 'GROUP', 'acme', 'staff'],
  [key.membership(acme, ada, trusted<GroupId>('staff')), 'MEMBERSHIP', 'acme', 'staff'],
  [key.family(acme, ada, trusted<FamilyId>('f1')), 'FAMILY', 'acme', 'f1'],
  [key.signingKey(acme, 'kid'), 'SIGNINGKEY', 'acme', 'kid'],
  [key.sealingKey('code', 'k1'), 'SEALINGKEY', undefined, 'k1'],
  [key.outbox(acme, 'e1'), 'OUTBOX', 'acme', 'e1'],
  [key.failedPasswords(acme, 'account', 'hash'), 'FAILEDPASSWORD', 'acme', 'hash'],
])('the keys %o tell what was changed', (keys, entity, tenant, id) => {
  expect(subjectOf(keys)).toEqual({ entity, tenant, id })
})

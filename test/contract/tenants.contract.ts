import { expect, test } from 'vitest'
import type { Tenants } from '#shared/ports/repositories/tenants.ts'
import { anyEvent, anyTenant, anyTenantId } from './support/samples.ts'
import type { Subject } from './support/subject.ts'

export function tenantsContract({ sound }: Subject<Tenants>): void {
  test('AP-01: a tenant that was never saved is absent', async () => {
    expect(await sound().find(anyTenantId())).toBeUndefined()
  })

  test('AP-02: a saved tenant is found as it was saved', async () => {
    const tenant = anyTenant()
    await sound().save(tenant, anyEvent())
    expect(await sound().find(tenant.id)).toEqual(tenant)
  })

  test('AP-02: saving again replaces the earlier record', async () => {
    const tenant = anyTenant()
    await sound().save(tenant, anyEvent())
    await sound().save({ ...tenant, displayName: 'Renamed' }, anyEvent())
    expect((await sound().find(tenant.id))?.displayName).toBe('Renamed')
  })
}

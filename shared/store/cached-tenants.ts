import type { TenantId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, isExpired, plus, seconds } from '#shared/kernel/time.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Tenants } from '#shared/ports/repositories/tenants.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/** How long a changed setting may take to be seen everywhere. */
const tenantCacheLifetime = seconds(30)

/** An instance serves far fewer tenants than this at a time. */
const maximalEntries = 1000

/** Remembers the tenants that an instance serves; unknown ones are looked up every time. */
export function cachedTenants(tenants: Tenants, clock: Clock): Pick<Tenants, 'find'> {
  const cache = new Map<TenantId, { readonly tenant: Tenant; readonly until: EpochSeconds }>()
  return {
    async find(id) {
      const now = clock.now()
      const cached = cache.get(id)
      if (cached !== undefined && !isExpired(cached.until, now)) return cached.tenant
      const tenant = await tenants.find(id)
      cache.delete(id)
      if (cache.size >= maximalEntries) cache.clear()
      if (tenant !== undefined) cache.set(id, { tenant, until: plus(now, tenantCacheLifetime) })
      return tenant
    },
  }
}

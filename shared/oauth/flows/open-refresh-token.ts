import { withoutRegion } from '#shared/kernel/home-region.ts'
import type { Region, TenantId } from '#shared/kernel/ids.ts'
import { readVersioned } from '#shared/kernel/sealed-content.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { RefreshToken } from '../token/refresh-token.ts'

/** Reads a refresh token, or answers `undefined` for anything we did not issue as one. @param presented unverified */
export const openRefreshToken =
  (ports: { readonly sealer: Pick<Sealer, 'open'>; readonly region: Region }) =>
  async (tenant: TenantId, presented: string): Promise<RefreshToken | undefined> => {
    const sealed = withoutRegion(ports.region, presented)
    const opened = sealed && (await ports.sealer.open('refresh', tenant, sealed))
    return readVersioned<RefreshToken>(opened)
  }

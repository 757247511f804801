import { withoutRegion } from '#shared/kernel/home-region.ts'
import type { Region, TenantId } from '#shared/kernel/ids.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { TokenVerifier } from '#shared/ports/token-verifier.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import {
  type AccessToken,
  readAccessTokenClaims,
  sealedLine,
  type TokenLine,
} from '../token/access-token.ts'
import { readOpaqueToken } from '../token/opaque-token.ts'

export interface AccessTokenOpeningPorts {
  readonly accessTokens: TokenVerifier
  readonly sealer: Sealer
  readonly region: Region
}

/**
 * Reads an access token of either format, or answers `undefined` for anything we did not issue as one.
 *
 * Whether it has expired, whom it is meant for and whether it stands is left to the caller.
 *
 * @param presented unverified
 */
export const openAccessToken =
  (ports: AccessTokenOpeningPorts) =>
  async (tenant: Tenant, presented: string): Promise<AccessToken | undefined> => {
    const sealed = withoutRegion(ports.region, presented)
    if (sealed !== undefined) {
      return readOpaqueToken(await ports.sealer.open('access', tenant.id, sealed))
    }
    const claims = await ports.accessTokens.verify(tenant, 'at+jwt', presented)
    if (claims === undefined) return undefined
    const handle = claims['hdl']
    if (typeof handle !== 'string') return readAccessTokenClaims(claims, undefined)
    const line = await openHandle(ports, tenant.id, handle)
    return line && readAccessTokenClaims(claims, line)
  }

async function openHandle(
  { sealer }: AccessTokenOpeningPorts,
  tenant: TenantId,
  handle: string,
): Promise<TokenLine | undefined> {
  return sealedLine.read(await sealer.open('handle', tenant, handle))
}

import type { User } from '#shared/directory/user.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { invalidToken } from '#shared/oauth/errors.ts'
import type { SenderPorts } from '#shared/oauth/flows/constrain-sender.ts'
import {
  type AccessTokenOpeningPorts,
  openAccessToken,
} from '#shared/oauth/flows/open-access-token.ts'
import {
  type StandingPorts,
  type StandingToken,
  standingOf,
} from '#shared/oauth/flows/standing-of.ts'
import { verifyPossession } from '#shared/oauth/flows/verify-possession.ts'
import type { PresentedToken } from '#shared/oauth/presented-token.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Groups } from '#shared/ports/repositories/groups.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { userClaims } from '../claims.ts'
import { verifyUserInfoToken } from '../user-info-token.ts'

type UserInfoPorts = AccessTokenOpeningPorts &
  SenderPorts &
  StandingPorts & { readonly groups: Pick<Groups, 'namesOf'>; readonly clock: Clock }

/**
 * Answers the claims that an access token allows, as they are now.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#UserInfo
 * @throws ProtocolError `invalid_token`, `insufficient_scope`, `invalid_dpop_proof` or `use_dpop_nonce`
 */
export const userInfo =
  (ports: UserInfoPorts) =>
  async (tenant: Tenant, presented: PresentedToken): Promise<Readonly<Record<string, unknown>>> => {
    const opened = await openAccessToken(ports)(tenant, presented.token.reveal())
    const now = ports.clock.now()
    const token = verifyUserInfoToken(opened, tenant.issuer, now)
    await verifyPossession(ports)(tenant, token.confirmation, presented, 'oauth2/userinfo', now)
    const user = await tokenUser(ports, tenant.id, token, now)
    const groups = token.scopes.includes('groups')
      ? await ports.groups.namesOf(tenant.id, user.id)
      : []
    return { sub: user.id, ...userClaims(user, token.scopes, groups) }
  }

/** @throws ProtocolError `invalid_token` */
async function tokenUser(
  ports: UserInfoPorts,
  tenant: TenantId,
  token: StandingToken,
  now: EpochSeconds,
): Promise<User> {
  const standing = await standingOf(ports)(tenant, token, now)
  if (standing?.line !== undefined) return standing.line.user
  throw invalidToken('oidc/userinfo/revoked', 'the access token has been revoked')
}

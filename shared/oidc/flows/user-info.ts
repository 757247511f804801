import type { TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { invalidToken } from '#shared/oauth/errors.ts'
import type { ResponsePorts } from '#shared/oauth/flows/answer-client.ts'
import {
  type AccessTokenOpeningPorts,
  openAccessToken,
} from '#shared/oauth/flows/open-access-token.ts'
import type { SenderPorts } from '#shared/oauth/flows/prove-keys.ts'
import {
  type Standing,
  type StandingPorts,
  type StandingToken,
  standingOf,
} from '#shared/oauth/flows/standing-of.ts'
import { verifyPossession } from '#shared/oauth/flows/verify-possession.ts'
import type { PresentedToken } from '#shared/oauth/token/presented-token.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Groups } from '#shared/ports/repositories/groups.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { allowedClaims } from '../claims.ts'
import { verifyUserInfoToken } from '../user-info-token.ts'

type UserInfoPorts = AccessTokenOpeningPorts &
  SenderPorts &
  StandingPorts &
  ResponsePorts & { readonly groups: Pick<Groups, 'namesOf'>; readonly clock: Clock }

/** The claims, or the JWT as which their client has registered to get them. */
export type UserInfo = Readonly<Record<string, unknown>> | string

/**
 * Answers the claims that an access token allows, as they are now.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#UserInfo
 * @throws ProtocolError `invalid_token`, `insufficient_scope`, `invalid_dpop_proof` or `use_dpop_nonce`
 */
export const userInfo =
  (ports: UserInfoPorts) =>
  async (tenant: Tenant, presented: PresentedToken): Promise<UserInfo> => {
    const opened = await openAccessToken(ports)(tenant, presented.token.reveal())
    const now = ports.clock.now()
    const token = verifyUserInfoToken(opened, tenant.issuer, now)
    await verifyPossession(ports)(tenant, token.confirmation, presented, 'oauth2/userinfo', now)
    const grounds = await standing(ports, tenant.id, token, now)
    const claims = { sub: token.subject, ...(await claimsOf(ports, grounds, token.scopes)) }
    const { client } = grounds
    if (client.userInfo === undefined) return claims
    const { protectUserInfo } = await import('./protect-user-info.ts')
    return protectUserInfo(await ports.protection())(tenant, client, claims)
  }

/** What the scopes allow and, to the client that has asked, what it asked for by name. */
async function claimsOf(
  ports: UserInfoPorts,
  { client, line: { user, family } }: Required<Standing>,
  scopes: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const requested = (family.client === client.id ? family.claims?.userinfo : undefined) ?? {}
  const areGroupsAsked = scopes.includes('groups') || Object.hasOwn(requested, 'groups')
  const groups = areGroupsAsked ? await ports.groups.namesOf(user.tenant, user.id) : []
  return allowedClaims(user, { scopes, requested }, groups)
}

/** @throws ProtocolError `invalid_token` */
async function standing(
  ports: UserInfoPorts,
  tenant: TenantId,
  token: StandingToken,
  now: EpochSeconds,
): Promise<Required<Standing>> {
  const { client, line } = (await standingOf(ports)(tenant, token, now)) ?? {}
  if (client !== undefined && line !== undefined) return { client, line }
  throw invalidToken('oidc/userinfo/revoked', 'the access token has been revoked')
}

import type { User } from '#shared/directory/user.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import { readVersioned } from '#shared/kernel/sealed-content.ts'
import type { Secret } from '#shared/kernel/secret.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { invalidToken } from '#shared/oauth/errors.ts'
import type { RefreshFamily } from '#shared/oauth/refresh-family.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Groups } from '#shared/ports/repositories/groups.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { TokenVerifier } from '#shared/ports/token-verifier.ts'
import { isLive, isUserValid } from '#shared/session/live.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { userClaims } from '../claims.ts'
import { readUserInfoToken, type TokenHandle, type UserInfoToken } from '../user-info-token.ts'

interface UserInfoPorts {
  readonly accessTokens: TokenVerifier
  readonly sealer: Sealer
  readonly clients: Clients
  readonly users: Users
  readonly sessions: Sessions
  readonly refreshFamilies: RefreshFamilies
  readonly groups: Pick<Groups, 'namesOf'>
  readonly clock: Clock
}

/**
 * Answers the claims that an access token allows, as they are now.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#UserInfo
 * @throws ProtocolError `invalid_token` or `insufficient_scope`
 */
export const userInfo =
  (ports: UserInfoPorts) =>
  async (tenant: Tenant, presented: Secret): Promise<Readonly<Record<string, unknown>>> => {
    const claims = await ports.accessTokens.verify(tenant, 'at+jwt', presented.reveal())
    const now = ports.clock.now()
    const token = readUserInfoToken(claims, tenant.issuer, now)
    const user = await tokenUser(ports, tenant.id, token, now)
    const groups = token.scopes.includes('groups')
      ? await ports.groups.namesOf(tenant.id, user.id)
      : []
    return { sub: user.id, ...userClaims(user, token.scopes, groups) }
  }

/** Reads everything the token rests on, strongly consistently: what is revoked is refused at once. */
async function tokenUser(
  ports: UserInfoPorts,
  tenant: TenantId,
  token: UserInfoToken,
  now: EpochSeconds,
): Promise<User> {
  const opened = await ports.sealer.open('handle', tenant, token.handle)
  const handle = readVersioned<TokenHandle>(opened)
  if (handle === undefined)
    throw invalidToken('oidc/userinfo/handle', 'the access token is unknown')
  const { user: id, family: familyId } = handle
  const [user, family, client] = await Promise.all([
    ports.users.find(tenant, id),
    ports.refreshFamilies.find({ tenant, user: id, id: familyId }),
    ports.clients.find(tenant, token.client),
  ])
  const isClientValid = client !== undefined && token.issuedAt >= client.validAfter
  if (user !== undefined && family !== undefined && isClientValid) {
    const isGranted = isUserValid(user, family.authTime) && (await isStanding(ports, family, now))
    if (isGranted) return user
  }
  throw invalidToken('oidc/userinfo/revoked', 'the access token has been revoked')
}

/** True while neither the line of tokens is revoked nor, unless it outlives it, its session over. */
async function isStanding(
  ports: UserInfoPorts,
  family: RefreshFamily,
  now: EpochSeconds,
): Promise<boolean> {
  if (family.revokedAt !== undefined) return false
  if (family.offline) return true
  const session = await ports.sessions.find(family)
  return session !== undefined && isLive(session, now)
}

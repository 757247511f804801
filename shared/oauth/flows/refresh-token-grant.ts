import { withoutRegion } from '#shared/kernel/home-region.ts'
import { type AttemptId, trusted } from '#shared/kernel/ids.ts'
import { readVersioned } from '#shared/kernel/sealed-content.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { invalidGrant } from '../errors.ts'
import type { GrantRequest } from '../messages/token-request.ts'
import type { TokenResponse } from '../messages/token-response.ts'
import type { RefreshFamily } from '../refresh-family.ts'
import {
  isReplayed,
  type RefreshToken,
  successor,
  verifyFamilyKey,
  verifyFamilyUsable,
} from '../refresh-token.ts'
import { grantableScopes, narrowScopes } from '../scope.ts'
import type { GrantContext } from './grant-context.ts'
import { verifyGrantee } from './grantee.ts'
import { mintTokens } from './mint-tokens.ts'
import type { FamilyPorts } from './open-family.ts'
import { revokeFamily } from './revoke-family.ts'

/**
 * Exchanges a refresh token for its successor; any token but the newest revokes the family.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-6
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2
 * @throws ProtocolError `invalid_grant` or `invalid_scope`
 */
export const redeemRefreshToken =
  (ports: FamilyPorts) =>
  async (context: GrantContext, request: GrantRequest<'refresh_token'>): Promise<TokenResponse> => {
    const { tenant, client, now, address } = context
    const token = await openRefreshToken(ports, tenant, request.refreshToken)
    const family = await familyOf(ports, tenant, token)
    verifyFamilyUsable(family, client, now)
    verifyFamilyKey(family, client, context.confirmation)
    const revoke = revokeFamily(ports, 'refresh-replayed', address)
    if (isReplayed(token, family)) {
      await revoke(family, now)
      throw replayed()
    }
    const scopes = narrowScopes(request.scopes, grantableScopes(family.scopes, client.scopes))
    const grantee = { ...family, issuedAt: family.openedAt }
    await verifyGrantee(ports)(context, grantee)
    const { generation } = successor(token)
    const response = await mintTokens(ports)(context, { family, scopes, generation })
    if (await rotate(ports, context, family, token)) return response
    await revoke(family, now)
    throw replayed()
  }

const replayed = () =>
  invalidGrant('oauth/refresh/replayed', 'the refresh token has been used before')

/** @param presented unverified */
async function openRefreshToken(
  ports: FamilyPorts,
  tenant: Tenant,
  presented: string,
): Promise<RefreshToken> {
  const sealed = withoutRegion(ports.region, presented)
  const opened = sealed && (await ports.sealer.open('refresh', tenant.id, sealed))
  const token = readVersioned<RefreshToken>(opened)
  if (token !== undefined) return token
  throw invalidGrant('oauth/refresh/unknown', 'the refresh token is not one of ours')
}

async function familyOf(
  ports: FamilyPorts,
  tenant: Tenant,
  token: RefreshToken,
): Promise<RefreshFamily> {
  const { user, family: id } = token
  const family = await ports.refreshFamilies.find({ tenant: tenant.id, user, id })
  if (family !== undefined) return family
  throw invalidGrant('oauth/refresh/absent', 'the refresh token has expired')
}

/** Answers whether this request, of all that present the token, is the one that rotated it. */
async function rotate(
  ports: FamilyPorts,
  { now, address }: GrantContext,
  family: RefreshFamily,
  token: RefreshToken,
): Promise<boolean> {
  const attempt = trusted<AttemptId>(ports.random.id())
  const { user, client } = family
  const id = ports.random.id()
  const event = { id, time: now, activity: 'token-refreshed', user, client, address } as const
  const rotation = await ports.refreshFamilies.rotate(family, token.generation, attempt, event)
  return rotation.kind === 'rotated'
}

import { type AttemptId, type Generation, trusted } from '#shared/kernel/ids.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { narrowScopes, stillGrantable } from '../authorization/scope.ts'
import { invalidGrant } from '../errors.ts'
import type { GrantRequest } from '../messages/token-request.ts'
import type { TokenResponse } from '../messages/token-response.ts'
import type { RefreshFamily } from '../token/refresh-family.ts'
import {
  isLate,
  isNewest,
  type RefreshToken,
  successor,
  verifyFamilyKey,
  verifyFamilyUsable,
} from '../token/refresh-token.ts'
import type { GrantContext } from './grant-context.ts'
import { verifyGrantee } from './grantee.ts'
import { mintTokens } from './mint-tokens.ts'
import type { FamilyPorts } from './open-family.ts'
import { openRefreshToken } from './open-refresh-token.ts'
import { revokeFamily } from './revoke-family.ts'

/**
 * Exchanges a refresh token for its successor; any token but the newest revokes the family.
 *
 * Where tokens are bound to keys the token stays, and where a client is given grace the last one may
 * come again: it is answered with the same successor.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-6
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2
 * @throws ProtocolError `invalid_grant` or `invalid_scope`
 */
export const redeemRefreshToken =
  (ports: FamilyPorts) =>
  async (context: GrantContext, request: GrantRequest<'refresh_token'>): Promise<TokenResponse> => {
    const { tenant, client, now } = context
    const token = await readToken(ports, tenant, request.refreshToken)
    const family = await familyOf(ports, tenant, token)
    verifyFamilyUsable(family, client, now)
    verifyFamilyKey(family, client, context)
    const generation = generationFor(context, token, family)
    if (generation === undefined) throw await replayed(ports, context, family)
    const scopes = narrowScopes(request.scopes, stillGrantable(family.scopes, client.scopes))
    await verifyGrantee(ports)(context, { ...family, issuedAt: family.openedAt })
    const response = await mintTokens(ports)(context, { family, scopes, generation })
    if (await turn(ports, context, token, family, generation)) return response
    throw await replayed(ports, context, family)
  }

/** The generation of the token to hand out, or `undefined` for a token that must not come again. */
function generationFor(
  context: GrantContext,
  token: RefreshToken,
  family: RefreshFamily,
): Generation | undefined {
  if (isNewest(token, family)) {
    return profileOf(context.tenant).keepsRefreshToken
      ? token.generation
      : successor(token).generation
  }
  return isLate(token, family, context) ? family.generation : undefined
}

/** Revokes the whole line: the token is an earlier one, so it was stolen, or its successor was. */
async function replayed(ports: FamilyPorts, { address, now }: GrantContext, family: RefreshFamily) {
  await revokeFamily(ports, 'refresh-replayed', address)(family, now)
  return invalidGrant('oauth/refresh/replayed', 'the refresh token has been used before')
}

/** @param presented unverified */
async function readToken(
  ports: FamilyPorts,
  tenant: Tenant,
  presented: string,
): Promise<RefreshToken> {
  const token = await openRefreshToken(ports)(tenant.id, presented)
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

/**
 * Answers whether this request may hand out the token of that generation.
 *
 * Of all that present a token one rotates it; who comes too late for that may still be given grace.
 */
async function turn(
  ports: FamilyPorts,
  context: GrantContext,
  token: RefreshToken,
  family: RefreshFamily,
  to: Generation,
): Promise<boolean> {
  const rotation = await rotate(ports, context, family, to)
  if (rotation.kind === 'rotated') return true
  const isInTime = rotation.kind === 'replayed' && isLate(token, rotation.family, context)
  if (!isInTime || rotation.family.generation !== to) return false
  return (await rotate(ports, context, rotation.family, to)).kind === 'rotated'
}

function rotate(
  ports: FamilyPorts,
  { now, address }: GrantContext,
  family: RefreshFamily,
  to: Generation,
) {
  const attempt = trusted<AttemptId>(ports.random.id())
  const { user, client, generation: from } = family
  const id = ports.random.id()
  const event = { id, time: now, activity: 'token-refreshed', user, client, address } as const
  return ports.refreshFamilies.rotate(family, { from, to }, attempt, event)
}

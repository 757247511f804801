import { withoutRegion } from '#shared/kernel/home-region.ts'
import { type AttemptId, type Generation, trusted } from '#shared/kernel/ids.ts'
import { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { readVersioned } from '#shared/kernel/sealed-content.ts'
import { type EpochSeconds, epochSeconds, plus } from '#shared/kernel/time.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { type AuthorizationCode, isCodeExpired, verifyCodeBinding } from '../authorization-code.ts'
import type { Client } from '../client.ts'
import { clockSkew } from '../client-assertion.ts'
import { invalidGrant } from '../errors.ts'
import type { GrantRequest } from '../messages/token-request.ts'
import type { TokenResponse } from '../messages/token-response.ts'
import type { RefreshFamily } from '../refresh-family.ts'
import { grantableScopes } from '../scope.ts'
import { type Grantee, verifyGrantee } from './grantee.ts'
import { type MintingPorts, mintTokens } from './mint-tokens.ts'
import { revokeFamily } from './revoke-family.ts'

export type CodePorts = MintingPorts & {
  readonly refreshFamilies: RefreshFamilies
  readonly users: Users
  readonly sessions: Sessions
}

/**
 * Redeems an authorization code: checked, signed, and only then used up by one conditional write.
 *
 * A second use revokes what the first one issued, whatever else has come to forbid it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-10.5
 * @throws ProtocolError `invalid_grant`
 */
export const redeemAuthorizationCode =
  (ports: CodePorts) =>
  async (
    tenant: Tenant,
    client: Client,
    request: GrantRequest<'authorization_code'>,
    now: EpochSeconds,
  ): Promise<TokenResponse> => {
    const code = await openCode(ports, tenant, request.code)
    verifyCodeBinding(code, client, request)
    const family = familyOf(tenant, client, code, now)
    const revoke = revokeFamily(ports, 'code-replayed', request.address)
    try {
      await verifyStanding(ports, tenant, client, code, now)
    } catch (refusal) {
      if (refusal instanceof ProtocolError) await revoke(family, now)
      throw refusal
    }
    const generation = client.grantTypes.includes('refresh_token') ? family.generation : undefined
    const { scopes } = family
    const nonce = code.nonce === undefined ? {} : { nonce: code.nonce }
    const response = await mintTokens(ports)(tenant, { family, scopes, generation, ...nonce }, now)
    if (await open(ports, family, request.address, now)) return response
    await revoke(family, now)
    throw invalidGrant('oauth/code/replayed', 'the code has been used before')
  }

/** @param presented unverified */
async function openCode(
  ports: CodePorts,
  tenant: Tenant,
  presented: string,
): Promise<AuthorizationCode> {
  const sealed = withoutRegion(ports.region, presented)
  const opened = sealed && (await ports.sealer.open('code', tenant.id, sealed))
  const code = readVersioned<AuthorizationCode>(opened)
  if (code !== undefined) return code
  throw invalidGrant('oauth/code/unknown', 'the code is not one of ours')
}

/** Refuses a code that no longer counts, whether or not it has been used. */
async function verifyStanding(
  ports: CodePorts,
  tenant: Tenant,
  client: Client,
  code: AuthorizationCode,
  now: EpochSeconds,
): Promise<void> {
  if (isCodeExpired(code, now)) throw invalidGrant('oauth/code/expired', 'the code has expired')
  await verifyGrantee(ports)(tenant, client, granteeOf(code), now)
}

/** Answers whether this request, of all that present the code, is the one that used it up. */
async function open(
  ports: CodePorts,
  family: RefreshFamily,
  address: string,
  now: EpochSeconds,
): Promise<boolean> {
  const attempt = trusted<AttemptId>(ports.random.id())
  const { user, client } = family
  const id = ports.random.id()
  const event = { id, time: now, activity: 'code-redeemed', user, client, address } as const
  const opening = await ports.refreshFamilies.open(family, attempt, event)
  return opening.kind === 'opened'
}

/** A code lives too short a time to be asked for offline: its session must still be there. */
const granteeOf = (code: AuthorizationCode): Grantee => ({ ...code, offline: false })

/** The marker of the code lives at least as long as the code and everything issued from it. */
function familyOf(
  tenant: Tenant,
  client: Client,
  code: AuthorizationCode,
  now: EpochSeconds,
): RefreshFamily {
  const { refreshTokenLifetime, accessTokenLifetime } = tenant.settings
  const isRefreshable = client.grantTypes.includes('refresh_token')
  const tokensEnd = plus(now, isRefreshable ? refreshTokenLifetime : accessTokenLifetime)
  return {
    tenant: tenant.id,
    user: code.user,
    id: code.jti,
    client: client.id,
    scopes: grantableScopes(code.scopes, client.scopes),
    sid: code.sid,
    authTime: code.authTime,
    amr: code.amr,
    offline: isRefreshable && code.scopes.includes('offline_access'),
    generation: trusted<Generation>(0),
    openedAt: now,
    expiresAt: epochSeconds(Math.max(tokensEnd, plus(code.expiresAt, clockSkew))),
  }
}

import type { Activity } from '#shared/audit/event.ts'
import { type Generation, trusted } from '#shared/kernel/ids.ts'
import { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { type EpochSeconds, epochSeconds, plus, seconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Authorization } from '../authorization/authorization.ts'
import { stillGrantable } from '../authorization/scope.ts'
import { clockSkew } from '../client/clock-skew.ts'
import { listensByDocument } from '../client/logout-listener.ts'
import type { TokenResponse } from '../messages/token-response.ts'
import type { RefreshFamily } from '../token/refresh-family.ts'
import type { GrantContext } from './grant-context.ts'
import { verifyGrantee } from './grantee.ts'
import { type MintingPorts, mintTokens } from './mint-tokens.ts'
import { type Replay, revokeFamily } from './revoke-family.ts'
import { writeFamily } from './write-family.ts'

export type FamilyPorts = MintingPorts & {
  readonly refreshFamilies: RefreshFamilies
  readonly users: Users
  readonly sessions: Sessions
}

/** What differs between the grants that redeem an authorization. */
export interface Redemption {
  readonly activity: Activity
  readonly replay: Replay
  /** From then on the authorization cannot be redeemed; its marker lives as long. */
  readonly expiresAt: EpochSeconds
  /** What refuses the authorization besides its user, its session and its client. */
  verify(): void
  /** The refusal of a second use. */
  replayed(): ProtocolError
}

/**
 * Redeems an authorization: checked, signed, and only then used up by one conditional write.
 *
 * A second use revokes what the first one issued, whatever else has come to forbid it. All that binds
 * the authorization to its client comes before, so that nobody else can burn it.
 *
 * @throws ProtocolError `invalid_grant`
 */
export const openFamily =
  (ports: FamilyPorts) =>
  async (
    context: GrantContext,
    authorization: Authorization,
    redemption: Redemption,
  ): Promise<TokenResponse> => {
    const { client, now } = context
    const family = familyOf(context, authorization, redemption)
    const revoke = revokeFamily(ports, redemption.replay, context.address)
    const revokeAll = async (): Promise<void> => {
      const { beside } = authorization
      await revoke(family, now)
      if (beside !== undefined) await revoke({ ...family, id: beside }, now)
    }
    try {
      redemption.verify()
      await verifyGrantee(ports)(context, { ...authorization, offline: false })
    } catch (refusal) {
      if (refusal instanceof ProtocolError) await revokeAll()
      throw refusal
    }
    const generation = client.grantTypes.includes('refresh_token') ? family.generation : undefined
    const { scopes } = family
    const nonce = withoutAbsent({ nonce: authorization.nonce })
    const response = await mintTokens(ports)(context, { family, scopes, generation, ...nonce })
    if (await writeFamily(ports, context, family, redemption.activity)) return response
    await revokeAll()
    throw redemption.replayed()
  }

/** The marker lives at least as long as the authorization and everything issued from it. */
function familyOf(
  { tenant, client, now, confirmation, instance }: GrantContext,
  authorization: Authorization,
  redemption: Redemption,
): RefreshFamily {
  const { refreshTokenLifetime, accessTokenLifetime, sessionLifetime } = tenant.settings
  const isRefreshable = client.grantTypes.includes('refresh_token')
  // A client without refresh tokens is remembered as long as the session, to be told of its end.
  const remembered = isRefreshable ? refreshTokenLifetime : sessionLifetime
  const tokensEnd = plus(now, seconds(Math.max(remembered, accessTokenLifetime)))
  const { jti: id, user, sid, authTime, amr, scopes } = authorization
  return {
    tenant: tenant.id,
    user,
    id,
    client: client.id,
    scopes: stillGrantable(scopes, client.scopes),
    sid,
    authTime,
    amr,
    offline: isRefreshable && scopes.includes('offline_access'),
    generation: trusted<Generation>(0),
    openedAt: now,
    expiresAt: epochSeconds(Math.max(tokensEnd, plus(redemption.expiresAt, clockSkew))),
    ...withoutAbsent({
      acr: authorization.acr,
      resources: authorization.resources,
      authorizationDetails: authorization.authorizationDetails,
      claims: authorization.claims,
      confirmation,
      instance,
      listensByDocument: listensByDocument(client) || undefined,
    }),
  }
}

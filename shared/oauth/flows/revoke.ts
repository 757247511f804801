import type { AuditEvent } from '#shared/audit/event.ts'
import { type AttemptId, trusted } from '#shared/kernel/ids.ts'
import { isExpired } from '#shared/kernel/time.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import type { RevokedTokens } from '#shared/ports/repositories/revoked-tokens.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { invalidGrant, unsupportedTokenType } from '../errors.ts'
import type { TokenInquiry } from '../messages/token-inquiry.ts'
import type { AccessToken, TokenLine } from '../token/access-token.ts'
import { afterAuthentication } from './after-authentication.ts'
import { authenticateClient, type ClientAuthenticationPorts } from './authenticate-client.ts'
import type { ClientContext } from './grant-context.ts'
import { type AccessTokenOpeningPorts, openAccessToken } from './open-access-token.ts'
import { openRefreshToken } from './open-refresh-token.ts'

type RevocationPorts = ClientAuthenticationPorts &
  AccessTokenOpeningPorts & {
    readonly refreshFamilies: Pick<RefreshFamilies, 'find' | 'revoke'>
    readonly revokedTokens: Pick<RevokedTokens, 'add'>
    readonly clock: Clock
  }

/**
 * Revokes a token of the client: with any token of a user's grant the whole grant, otherwise the token.
 *
 * A token that is unknown or has expired is as good as revoked, and so is one that was revoked before.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7009#section-2
 * @throws ProtocolError `invalid_client`, `invalid_grant` or `unsupported_token_type`
 */
export const revoke =
  (ports: RevocationPorts) =>
  async (tenant: Tenant, request: TokenInquiry): Promise<void> => {
    const now = ports.clock.now()
    const client = await authenticateClient(ports)(tenant, request.client, now)
    const context = { tenant, client, address: request.address, now }
    const run = () => revokeToken(ports, context, request.token.reveal())
    return afterAuthentication(request.client, run)
  }

/** @param presented unverified */
async function revokeToken(
  ports: RevocationPorts,
  context: ClientContext,
  presented: string,
): Promise<void> {
  const { tenant, now } = context
  const refreshToken = await openRefreshToken(ports)(tenant.id, presented)
  if (refreshToken !== undefined) {
    verifyOwn(refreshToken, context)
    return revokeLine(ports, context, refreshToken)
  }
  const token = await openAccessToken(ports)(tenant, presented)
  if (token === undefined) return refuseIdToken(ports, tenant, presented)
  verifyOwn(token, context)
  if (!isExpired(token.expiresAt, now)) return revokeAccessToken(ports, context, token)
}

/**
 * Refuses the token of somebody else, who may go on using it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7009#section-2.1
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-5.2 the code for a token of another client
 */
function verifyOwn(token: Pick<AccessToken, 'client'>, { client }: ClientContext): void {
  if (token.client === client.id) return
  throw invalidGrant('oauth/revocation/other-client', 'the token was issued to another client')
}

/** An ID token says what has happened; nobody can make that undone. */
async function refuseIdToken(
  { accessTokens }: RevocationPorts,
  tenant: Tenant,
  presented: string,
): Promise<void> {
  if ((await accessTokens.verify(tenant, 'JWT', presented)) === undefined) return
  throw unsupportedTokenType('oauth/revocation/id-token', 'an ID token cannot be revoked')
}

/** A token that another client's grant has led to ends by itself: the grant is not this client's. */
async function revokeAccessToken(
  ports: RevocationPorts,
  context: ClientContext,
  token: AccessToken,
): Promise<void> {
  const { tenant, client } = context
  const family = token.line && (await findFamily(ports, tenant, token.line))
  if (token.line !== undefined && family?.client === client.id) {
    return revokeLine(ports, context, token.line)
  }
  const attempt = trusted<AttemptId>(ports.random.id())
  const event = eventOf(ports, context, token.line)
  await ports.revokedTokens.add(tenant.id, token.jti, token.expiresAt, attempt, event)
}

const findFamily = (ports: RevocationPorts, { id: tenant }: Tenant, line: TokenLine) =>
  ports.refreshFamilies.find({ tenant, user: line.user, id: line.family })

function revokeLine(
  ports: RevocationPorts,
  context: ClientContext,
  line: TokenLine,
): Promise<void> {
  const handle = { tenant: context.tenant.id, user: line.user, id: line.family }
  return ports.refreshFamilies.revoke(handle, context.now, eventOf(ports, context, line))
}

const eventOf = (
  { random }: RevocationPorts,
  { client, address, now }: ClientContext,
  line: TokenLine | undefined,
): AuditEvent => ({
  id: random.id(),
  time: now,
  activity: 'token-revoked',
  ...(line && { user: line.user }),
  client: client.id,
  address,
})

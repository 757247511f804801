import { withRegion } from '#shared/kernel/home-region.ts'
import type { Region } from '#shared/kernel/ids.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Outbox } from '#shared/ports/repositories/outbox.ts'
import type { TokenSigner } from '#shared/ports/token-signer.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { accessTokenClaims } from '../access-token.ts'
import type { Client } from '../client.ts'
import type { GrantRequest } from '../messages/token-request.ts'
import type { TokenResponse } from '../messages/token-response.ts'
import { machineScopes } from '../scope.ts'

export interface ClientCredentialsPorts {
  readonly signer: TokenSigner
  readonly outbox: Outbox
  readonly random: Random
  readonly region: Region
}

/**
 * Issues a token to a client that acts for itself; there is no refresh token.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 * @spec https://www.rfc-editor.org/rfc/rfc9068#section-2.2 `sub` is the client
 * @throws ProtocolError `invalid_scope`
 */
export const redeemClientCredentials =
  (ports: ClientCredentialsPorts) =>
  async (
    tenant: Tenant,
    client: Client,
    request: GrantRequest<'client_credentials'>,
    now: EpochSeconds,
  ): Promise<TokenResponse> => {
    const scopes = machineScopes(request.scopes, client.scopes)
    const { accessTokenLifetime } = tenant.settings
    const claims = accessTokenClaims({
      issuer: tenant.issuer,
      subject: client.id,
      audience: tenant.issuer,
      client: client.id,
      scopes,
      jti: withRegion(ports.region, ports.random.id()),
      issuedAt: now,
      expiresAt: plus(now, accessTokenLifetime),
    })
    const accessToken = await ports.signer.sign(tenant, 'at+jwt', claims)
    await ports.outbox.put(tenant.id, {
      id: ports.random.id(),
      time: now,
      activity: 'token-issued',
      client: client.id,
      address: request.address,
    })
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: accessTokenLifetime,
      ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
    }
  }

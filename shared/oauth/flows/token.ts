import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client, GrantType } from '../client.ts'
import { invalidClient, unauthorizedClient } from '../errors.ts'
import { grants } from '../grants/table.ts'
import type { TokenRequest } from '../messages/token-request.ts'
import type { TokenResponse } from '../messages/token-response.ts'
import { afterSingleUse } from './after-single-use.ts'
import { authenticateClient, type ClientAuthenticationPorts } from './authenticate-client.ts'
import { type CodePorts, redeemAuthorizationCode } from './authorization-code-grant.ts'
import { type ClientCredentialsPorts, redeemClientCredentials } from './client-credentials-grant.ts'
import { redeemRefreshToken } from './refresh-token-grant.ts'

type TokenPorts = ClientAuthenticationPorts &
  CodePorts &
  ClientCredentialsPorts & { readonly clock: Clock }

/**
 * The token endpoint: authenticates the client, then redeems its grant.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-3.2
 * @throws ProtocolError as section 5.2 says
 */
export const redeemGrant =
  (ports: TokenPorts) =>
  async (tenant: Tenant, request: TokenRequest): Promise<TokenResponse> => {
    const now = ports.clock.now()
    const client = await authenticateClient(ports)(tenant, request.client, now)
    verifyGrantAllowed(client, request.grantType)
    const redeem = () => redeemWith(ports, tenant, client, request, now)
    return request.client.method === 'private_key_jwt' ? afterSingleUse(redeem) : redeem()
  }

function redeemWith(
  ports: TokenPorts,
  tenant: Tenant,
  client: Client,
  request: TokenRequest,
  now: EpochSeconds,
): Promise<TokenResponse> {
  switch (request.grantType) {
    case 'authorization_code':
      return redeemAuthorizationCode(ports)(tenant, client, request, now)
    case 'refresh_token':
      return redeemRefreshToken(ports)(tenant, client, request, now)
    case 'client_credentials':
      return redeemClientCredentials(ports)(tenant, client, request, now)
  }
}

function verifyGrantAllowed(client: Client, grantType: GrantType): void {
  if (!client.grantTypes.includes(grantType)) {
    throw unauthorizedClient('oauth/token/grant-not-allowed', 'the client may not use this grant')
  }
  if (client.tokenEndpointAuthMethod === 'none' && !grants[grantType].allowsPublicClients) {
    throw invalidClient('oauth/token/public-client', 'this grant needs client authentication')
  }
}

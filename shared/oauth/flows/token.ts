import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { instanceOf } from '../authentication/client-authentication.ts'
import { parseNarrowing } from '../authorization/narrowing.ts'
import type { Client, GrantType } from '../client/client.ts'
import { isStranger } from '../client/client-origin.ts'
import { isPublicClient } from '../client/public-client.ts'
import { invalidClient, unauthorizedClient } from '../errors.ts'
import { grants } from '../grants/table.ts'
import type { TokenRequest } from '../messages/token-request.ts'
import type { TokenResponse } from '../messages/token-response.ts'
import { confirmationFor } from '../possession/sender-constraint.ts'
import type { StrangerPorts } from './admit-stranger.ts'
import { afterAuthentication } from './after-authentication.ts'
import { authenticateClient, type ClientAuthenticationPorts } from './authenticate-client.ts'
import { type CodeGrantPorts, redeemAuthorizationCode } from './authorization-code-grant.ts'
import type { BackchannelPorts } from './ciba-grant.ts'
import { type ClientCredentialsPorts, redeemClientCredentials } from './client-credentials-grant.ts'
import type { DevicePorts } from './device-code-grant.ts'
import type { GrantContext } from './grant-context.ts'
import { proveKeys, type SenderPorts } from './prove-keys.ts'
import { redeemRefreshToken } from './refresh-token-grant.ts'
import type { TokenExchangePorts } from './token-exchange-grant.ts'

type TokenPorts = ClientAuthenticationPorts &
  SenderPorts &
  CodeGrantPorts &
  DevicePorts &
  BackchannelPorts &
  TokenExchangePorts &
  StrangerPorts &
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
    const sender = await proveKeys(ports)(tenant, request.client, 'oauth2/token', now)
    const client = await authenticateClient(ports)(tenant, request.client, now)
    verifyGrantAllowed(client, request.grantType)
    const confirmation = confirmationFor(tenant, client, sender)
    const { useProof } = sender
    const narrowing = request.narrowing && parseNarrowing(request.narrowing, { tenant, client })
    const { address } = request
    const instance = instanceOf(request.client)
    const optional = withoutAbsent({ confirmation, instance, useProof, narrowing })
    const context = { tenant, client, now, address, ...optional }
    return afterAuthentication(request.client, async () => {
      if (grants[request.grantType].isUnbounded) await admit(ports, context)
      return redeemWith(ports, context, request)
    })
  }

/** Few clients of these grants are strangers: what counts them is loaded for those alone. */
async function admit(ports: StrangerPorts, context: GrantContext): Promise<void> {
  if (!isStranger(context.tenant, context.client)) return
  const { admitStranger } = await import('./admit-stranger.ts')
  await admitStranger(ports)(context, 'token')
}

async function redeemWith(
  ports: TokenPorts,
  context: GrantContext,
  request: TokenRequest,
): Promise<TokenResponse> {
  switch (request.grantType) {
    case 'authorization_code':
      return redeemAuthorizationCode(ports)(context, request)
    case 'refresh_token':
      return redeemRefreshToken(ports)(context, request)
    case 'client_credentials':
      return redeemClientCredentials(ports)(context, request)
    case 'urn:ietf:params:oauth:grant-type:device_code': {
      const { redeemDeviceCode } = await import('./device-code-grant.ts')
      return redeemDeviceCode(ports)(context, request)
    }
    case 'urn:openid:params:grant-type:ciba': {
      const { redeemBackchannelRequest } = await import('./ciba-grant.ts')
      return redeemBackchannelRequest(ports)(context, request)
    }
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer': {
      const { redeemJwtBearer } = await import('./jwt-bearer-grant.ts')
      return redeemJwtBearer(ports)(context, request)
    }
    case 'urn:ietf:params:oauth:grant-type:token-exchange': {
      const { exchangeToken } = await import('./token-exchange-grant.ts')
      return exchangeToken(ports)(context, request)
    }
  }
}

function verifyGrantAllowed(client: Client, grantType: GrantType): void {
  if (!client.grantTypes.includes(grantType)) {
    throw unauthorizedClient('oauth/token/grant-not-allowed', 'the client may not use this grant')
  }
  if (isPublicClient(client) && !grants[grantType].allowsPublicClients) {
    throw invalidClient('oauth/token/public-client', 'this grant needs client authentication')
  }
}

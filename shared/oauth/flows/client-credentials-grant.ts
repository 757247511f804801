import type { Outbox } from '#shared/ports/repositories/outbox.ts'
import { machineScopes } from '../authorization/scope.ts'
import type { GrantRequest } from '../messages/token-request.ts'
import { accessTokenResponse, type TokenResponse } from '../messages/token-response.ts'
import type { GrantContext } from './grant-context.ts'
import { type AccessTokenPorts, issueAccessToken } from './issue-access-token.ts'

export interface ClientCredentialsPorts extends AccessTokenPorts {
  readonly outbox: Outbox
}

/**
 * Issues a token to a client that acts for itself; there is no refresh token.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 * @spec https://www.rfc-editor.org/rfc/rfc9068#section-2.2 `sub` is the client
 * @throws ProtocolError `invalid_scope` or `invalid_target`
 */
export const redeemClientCredentials =
  (ports: ClientCredentialsPorts) =>
  async (
    context: GrantContext,
    request: GrantRequest<'client_credentials'>,
  ): Promise<TokenResponse> => {
    const { tenant, client, now, address } = context
    const scopes = machineScopes(request.scopes, client.scopes)
    const grant = { subject: client.id, scopes, isUnasked: true, ...context.narrowing } as const
    const issued = await issueAccessToken(ports)(context, grant)
    await ports.outbox.put(tenant.id, {
      id: ports.random.id(),
      time: now,
      activity: 'token-issued',
      client: client.id,
      address,
    })
    return accessTokenResponse(issued, context)
  }

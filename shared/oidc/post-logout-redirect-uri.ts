import { withQuery } from '#shared/kernel/with-query.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import type { LogoutRequest } from './messages/logout-request.ts'

/**
 * Where a person goes after signing out: a URI registered byte for byte, with `state`, or nowhere.
 *
 * @spec https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RedirectionAfterLogout
 * @param client the one that the hint or `client_id` names
 * @throws ProtocolError `invalid_request`, never redirected
 */
export function postLogoutLocation(
  request: LogoutRequest,
  client: Client | undefined,
): string | undefined {
  const uri = request.postLogoutRedirectUri
  if (uri === undefined) return undefined
  if (client === undefined) {
    throw invalidRequest(
      'oidc/logout/unnamed-client',
      'post_logout_redirect_uri needs id_token_hint or client_id',
    )
  }
  if (!client.postLogoutRedirectUris.includes(uri)) {
    throw invalidRequest(
      'oidc/logout/redirect-uri',
      'post_logout_redirect_uri is not one of those registered for this client',
    )
  }
  return request.state === undefined ? uri : withQuery(uri, { state: request.state })
}

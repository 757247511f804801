import { withQuery } from '#shared/kernel/with-query.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import type { InitiationRequest } from './messages/initiation-request.ts'

/**
 * Where a person is sent so that a client begins to sign him in here.
 *
 * The address is the registered one; what the client does with the rest is for it to check.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#ThirdPartyInitiatedLogin
 * @throws ProtocolError `invalid_request` for a client that cannot be begun with
 */
export function initiateLoginLocation(
  issuer: string,
  client: Pick<Client, 'initiateLoginUri'>,
  request: InitiationRequest,
): string {
  const uri = client.initiateLoginUri
  if (uri === undefined) {
    throw invalidRequest('oidc/initiate-login/none', 'this client has no initiate_login_uri')
  }
  const { loginHint: login_hint, targetLinkUri: target_link_uri } = request
  return withQuery(uri, { iss: issuer, ...withoutAbsent({ login_hint, target_link_uri }) })
}

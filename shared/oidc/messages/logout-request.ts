import type { ClientId } from '#shared/kernel/ids.ts'
import { readParameters } from '#shared/kernel/parameters.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import { clientId } from '#shared/oauth/client/client-id.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'

/** @spec https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout */
export interface LogoutRequest {
  readonly idTokenHint?: string
  readonly clientId?: ClientId
  readonly postLogoutRedirectUri?: string
  readonly state?: string
  readonly uiLocales?: string
  /** Whom the client means; the person sees for himself who is signed in. */
  readonly logoutHint?: string
  /** True when the person pressed the button of our own page. */
  readonly isConfirmed: boolean
}

/**
 * Reads a logout request; only a posted one can be confirmed, a link cannot press the button.
 *
 * @throws ProtocolError `invalid_request`
 */
export function parseLogoutRequest(sent: URLSearchParams, isPosted: boolean): LogoutRequest {
  const { parameters, repeated } = readParameters(sent)
  if (repeated.length > 0) {
    throw invalidRequest('oidc/logout/repeated-parameter', 'a parameter is repeated')
  }
  const named = parameters.get('client_id')
  const id = named === undefined ? undefined : clientId(named)
  if (named !== undefined && id === undefined) {
    throw invalidRequest('oidc/logout/client-id', 'client_id is malformed')
  }
  const optional = {
    idTokenHint: parameters.get('id_token_hint'),
    clientId: id,
    postLogoutRedirectUri: parameters.get('post_logout_redirect_uri'),
    state: parameters.get('state'),
    uiLocales: parameters.get('ui_locales'),
    logoutHint: parameters.get('logout_hint'),
  }
  return { ...withoutAbsent(optional), isConfirmed: isPosted && parameters.has('confirm') }
}

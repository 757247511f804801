import { readParameters } from '#shared/kernel/parameters.ts'
import { Secret } from '#shared/kernel/secret.ts'
import {
  type ClientHeaders,
  parsePresentedKeys,
} from '#shared/oauth/authentication/client-authentication.ts'
import { invalidRequest, missingToken } from '#shared/oauth/errors.ts'
import type { PresentedToken } from '#shared/oauth/token/presented-token.ts'

type SentToken = Pick<PresentedToken, 'token' | 'scheme'>

/**
 * Reads the access token from the one place it is sent in: the header or, with POST, the form.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6750#section-2
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-7.1
 * @param form empty unless the request is a POST with a form
 * @throws ProtocolError `invalid_request`, `invalid_dpop_proof`, or 401 without a code when there is no
 *   token at all
 */
export function parseUserInfoRequest(
  method: string,
  headers: ClientHeaders,
  form: URLSearchParams,
): PresentedToken {
  const { authorization } = headers
  const { parameters, repeated } = readParameters(form)
  const inForm = parameters.get('access_token')
  const inHeader = authorization === undefined ? undefined : tokenOf(authorization)
  if (repeated.includes('access_token') || (inForm !== undefined && inHeader !== undefined)) {
    throw invalidRequest('oauth/bearer/two-tokens', 'the access token is sent more than once')
  }
  const sent = inHeader ?? (inForm === undefined ? undefined : bearer(inForm))
  if (sent !== undefined) return { ...sent, method, ...parsePresentedKeys(headers) }
  throw missingToken('oauth/bearer/missing', 'an access token is required')
}

const bearer = (token: string): SentToken => ({ token: new Secret(token), scheme: 'Bearer' })

/** @spec https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function tokenOf(authorization: string): SentToken | undefined {
  const [, scheme, token] = authorization.match(/^(bearer|dpop) +([\w.~+/-]+=*)$/i) ?? []
  if (token !== undefined) {
    return scheme?.toLowerCase() === 'dpop'
      ? { token: new Secret(token), scheme: 'DPoP' }
      : bearer(token)
  }
  if (!/^(bearer|dpop)\b/i.test(authorization)) return undefined
  throw invalidRequest('oauth/bearer/shape', 'the Authorization header is malformed')
}

import { readParameters } from '#shared/kernel/parameters.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { invalidRequest, missingToken } from '#shared/oauth/errors.ts'

/**
 * Reads the access token from the one place it is sent in: the header or, with POST, the form.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6750#section-2
 * @param authorization the Authorization header, unverified
 * @param form empty unless the request is a POST with a form
 * @throws ProtocolError `invalid_request`, or 401 without a code when there is no token at all
 */
export function parseUserInfoRequest(
  authorization: string | undefined,
  form: URLSearchParams,
): Secret {
  const { parameters, repeated } = readParameters(form)
  const inForm = parameters.get('access_token')
  const inHeader = authorization === undefined ? undefined : bearerToken(authorization)
  if (repeated.includes('access_token') || (inForm !== undefined && inHeader !== undefined)) {
    throw invalidRequest('oauth/bearer/two-tokens', 'the access token is sent more than once')
  }
  const token = inHeader ?? inForm
  if (token !== undefined) return new Secret(token)
  throw missingToken('oauth/bearer/missing', 'an access token is required')
}

/** @spec https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function bearerToken(authorization: string): string | undefined {
  const [, token] = authorization.match(/^bearer +([A-Za-z0-9._~+/-]+=*)$/i) ?? []
  if (token === undefined && /^bearer\b/i.test(authorization)) {
    throw invalidRequest('oauth/bearer/shape', 'the Authorization header is malformed')
  }
  return token
}

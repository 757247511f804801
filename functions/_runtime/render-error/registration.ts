import type { HttpResponse } from '../http-response.ts'
import type { Refusal } from '../refusal.ts'
import { oauthJson } from './oauth-json.ts'

/**
 * A refusal as RFC 7591 tells it; what is wrong with the token is told as RFC 6750 says.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2
 * @spec https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export function registrationError(refusal: Refusal): HttpResponse {
  const response = oauthJson(refusal)
  if (refusal.status !== 401) return response
  const realm = 'Bearer realm="sallyport"'
  if (refusal.code === 'missing_token') {
    return { ...response, headers: { ...response.headers, 'www-authenticate': realm }, body: '' }
  }
  const error = `error="${refusal.code}", error_description="${refusal.description}"`
  return { ...response, headers: { ...response.headers, 'www-authenticate': `${realm}, ${error}` } }
}

import { type HttpResponse, noStore } from '../http-response.ts'
import { type Refusal, retryAfter } from '../refusal.ts'

/** A challenge must carry one parameter at least. */
const realm = 'realm="sallyport"'

/**
 * A refusal as a protected resource tells it: in `WWW-Authenticate`, and in the body for people.
 *
 * Without a token there is no error to tell, only that one is wanted.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export function bearerChallenge(refusal: Refusal): HttpResponse {
  const isBare = refusal.code === 'missing_token'
  const error = `error="${refusal.code}", error_description="${refusal.description}"`
  const challenge = isBare ? `Bearer ${realm}` : `Bearer ${realm}, ${error}`
  const body = { error: refusal.code, error_description: refusal.description }
  return {
    status: refusal.status,
    headers: {
      ...noStore,
      ...retryAfter(refusal),
      'content-type': 'application/json',
      ...(refusal.status < 500 ? { 'www-authenticate': challenge } : {}),
    },
    body: isBare ? '' : JSON.stringify(body),
  }
}

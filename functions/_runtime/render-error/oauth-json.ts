import { type HttpResponse, noStore } from '../http-response.ts'
import { type Refusal, retryAfter } from '../refusal.ts'

/**
 * A refusal as the token endpoint tells it; 401 always carries a challenge.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export const oauthJson = (refusal: Refusal): HttpResponse => ({
  status: refusal.status,
  headers: {
    ...noStore,
    ...retryAfter(refusal),
    'content-type': 'application/json',
    ...(refusal.status === 401 ? { 'www-authenticate': 'Basic realm="sallyport"' } : {}),
  },
  body: JSON.stringify({ error: refusal.code, error_description: refusal.description }),
})

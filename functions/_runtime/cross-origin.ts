import type { HttpResponse } from './http-response.ts'

/**
 * Lets pages of any origin read an answer.
 *
 * Nothing is gained by naming origins: these endpoints take no cookie, so that a page can ask for no
 * more than any program could. Credentials stay forbidden.
 *
 * @spec https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export const readableAcrossOrigins = (response: HttpResponse): HttpResponse => ({
  ...response,
  headers: {
    ...response.headers,
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'DPoP-Nonce, Retry-After, WWW-Authenticate',
  },
})

/** Answers a browser that asks whether its page may send the request at all. */
export const preflight = (): HttpResponse => ({
  status: 204,
  headers: {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'Accept, Authorization, Content-Type, DPoP',
    'access-control-allow-methods': 'GET, POST',
    'access-control-max-age': '7200',
    'cache-control': 'no-store',
  },
})

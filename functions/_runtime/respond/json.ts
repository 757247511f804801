import { type HttpResponse, noStore } from '../http-response.ts'

const json = { 'content-type': 'application/json' }

/** @spec https://www.rfc-editor.org/rfc/rfc6749#section-5.1 tokens are never stored on the way */
export const jsonNoStore = (body: object): HttpResponse => ({
  status: 200,
  headers: { ...json, ...noStore },
  body: JSON.stringify(body),
})

/** @spec https://www.rfc-editor.org/rfc/rfc9110#section-15.3.2 */
export const jsonCreated = (body: object): HttpResponse => ({ ...jsonNoStore(body), status: 201 })

/**
 * A public document that any origin may read and the distribution may keep for a while.
 *
 * @param maximalAgeSeconds how long it may be kept
 */
export const jsonPublic = (body: object, maximalAgeSeconds: number): HttpResponse => ({
  status: 200,
  headers: {
    ...json,
    'access-control-allow-origin': '*',
    'cache-control': `public, max-age=${maximalAgeSeconds}`,
  },
  body: JSON.stringify(body),
})

import { type HttpResponse, noStore } from '../http-response.ts'

/**
 * A redirect that is always followed with GET: 303, so that no form, and no password, is posted again.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.12
 * @param location verified, or one of our own pages
 */
export const seeOther = (location: string, cookies: readonly string[] = []): HttpResponse => ({
  status: 303,
  headers: { ...noStore, location, 'referrer-policy': 'no-referrer' },
  cookies,
})

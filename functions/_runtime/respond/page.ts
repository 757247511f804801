import { chooseLocale } from '#shared/signin/texts/choose-locale.ts'
import type { Locale } from '#shared/signin/texts/locale.ts'
import type { Page } from '#shared/signin/views/page.ts'
import type { HttpRequest } from '../http-request.ts'
import { type HttpResponse, noStore } from '../http-response.ts'

/** The language of a page: what the client asked for, then what the browser prefers. */
export const localeOf = (request: HttpRequest, uiLocales: string | undefined): Locale =>
  chooseLocale(uiLocales, request.header('accept-language'))

/**
 * A page with its policy; never kept, never framed.
 *
 * `same-origin` keeps our URLs from other sites and still lets our own forms say their origin.
 */
export const htmlPage = (page: Page, status = 200): HttpResponse => ({
  status,
  headers: {
    ...noStore,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': page.contentSecurityPolicy,
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
  },
  body: page.html,
})

/** The one page that clients may show in a frame. */
export const framedPage = (page: Page): HttpResponse => {
  const { 'x-frame-options': _, ...headers } = htmlPage(page).headers
  return { ...htmlPage(page), headers }
}

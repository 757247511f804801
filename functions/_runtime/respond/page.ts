import type { SignedIn } from '#shared/session/flows/current-session.ts'
import { chooseLocale } from '#shared/signin/texts/choose-locale.ts'
import type { Locale } from '#shared/signin/texts/locale.ts'
import type { Page } from '#shared/signin/views/page.ts'
import type { HttpRequest } from '../http-request.ts'
import { type HttpResponse, noStore } from '../http-response.ts'

/** The language of a page: what the client asked for, then what the browser prefers. */
export const localeOf = (request: HttpRequest, uiLocales: string | undefined): Locale =>
  chooseLocale(uiLocales, request.header('accept-language'))

/** How a page calls the person who is signed in. */
export const nameOf = ({ user: { attributes } }: SignedIn): string =>
  attributes.displayName ?? attributes.userName

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

import { browserCookieName, sessionCookieName } from '#shared/session/session-cookie.ts'
import type { HttpRequest } from '../http-request.ts'

/** The two cookies that a browser brings along; unverified. */
export const cookiesOf = (request: HttpRequest) => ({
  session: request.cookie(sessionCookieName),
  browser: request.cookie(browserCookieName),
})

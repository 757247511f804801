import type { LogoutOutcome } from '#shared/oidc/flows/logout.ts'
import type { LogoutRequest } from '#shared/oidc/messages/logout-request.ts'
import { signOutPage } from '#shared/signin/views/sign-out-page.ts'
import { signedOutPage } from '#shared/signin/views/signed-out-page.ts'
import { pagePath } from '#shared/tenant/page-path.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { HttpRequest } from '../http-request.ts'
import type { HttpResponse } from '../http-response.ts'
import { clearedBrowserStateCookie, clearedSessionCookie } from './cookies.ts'
import { htmlPage, localeOf } from './page.ts'
import { seeOther } from './redirect.ts'

/** Asks whether to sign out, or takes the cookie back and goes where the client wants. */
export function logoutOutcome(
  outcome: LogoutOutcome,
  { request, tenant }: { readonly request: HttpRequest; readonly tenant: Tenant },
): HttpResponse {
  if (outcome.kind === 'ask-again') return seeOther(outcome.location)
  const locale = localeOf(request, outcome.request.uiLocales)
  const context = { tenantName: tenant.displayName, locale }
  const clientName = outcome.client?.name
  if (outcome.kind === 'confirm') {
    const action = pagePath(tenant, 'oauth2/logout')
    const hidden = fieldsOfLogout(outcome.request)
    return htmlPage(signOutPage(context, { action, hidden, clientName }))
  }
  const cookies = [clearedSessionCookie(tenant), clearedBrowserStateCookie(tenant)]
  const { location, frames } = outcome
  if (location !== undefined && frames.length === 0) return seeOther(location, cookies)
  return { ...htmlPage(signedOutPage(context, { clientName, frames, location })), cookies }
}

/** The request once more, under its wire names, so that the button brings it back. */
function fieldsOfLogout(request: LogoutRequest): Readonly<Record<string, string>> {
  const fields = {
    id_token_hint: request.idTokenHint,
    client_id: request.clientId,
    post_logout_redirect_uri: request.postLogoutRedirectUri,
    state: request.state,
    logout_hint: request.logoutHint,
    ui_locales: request.uiLocales,
  }
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined),
  )
}

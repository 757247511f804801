import type { AuthorizationResponse } from '#shared/oauth/authorization/authorization-response.ts'
import type { AuthorizationOutcome } from '#shared/oidc/flows/authorize.ts'
import { formPostPage } from '#shared/signin/views/form-post-page.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { HttpRequest } from '../http-request.ts'
import type { HttpResponse } from '../http-response.ts'
import { browserCookie } from './cookies.ts'
import { htmlPage, localeOf } from './page.ts'
import { seeOther } from './redirect.ts'

/** Sends an authorization response on its way, in its mode. */
export function authorizationAnswer(
  response: AuthorizationResponse,
  request: HttpRequest,
): HttpResponse {
  if (response.kind === 'redirect') return seeOther(response.location)
  return htmlPage(formPostPage({ locale: localeOf(request, undefined) }, response))
}

/** Answers the client, or sends the person to the next page. */
export const authorizationOutcome = (
  outcome: AuthorizationOutcome,
  { request, tenant }: { readonly request: HttpRequest; readonly tenant: Tenant },
): HttpResponse =>
  outcome.kind === 'answer'
    ? authorizationAnswer(outcome.response, request)
    : seeOther(outcome.location, [browserCookie(tenant, outcome.browser)])

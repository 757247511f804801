import { linksOf } from '#shared/oauth/client/client-links.ts'
import type { RequestsOutcome } from '#shared/oidc/flows/show-requests.ts'
import { requestsPage } from '#shared/signin/views/requests-page.ts'
import { pagePath } from '#shared/tenant/page-path.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { HttpRequest } from '../http-request.ts'
import type { HttpResponse } from '../http-response.ts'
import { browserCookie } from './cookies.ts'
import { htmlPage, localeOf, nameOf } from './page.ts'
import { seeOther } from './redirect.ts'

/** Shows what waits for the person; after an answer, what is left. */
export function requestsOutcome(
  outcome: RequestsOutcome,
  { request, tenant }: { readonly request: HttpRequest; readonly tenant: Tenant },
): HttpResponse {
  if (outcome.kind === 'sign-in') {
    return seeOther(outcome.location, [browserCookie(tenant, outcome.browser)])
  }
  const action = pagePath(tenant, 'signin/requests')
  if (outcome.kind === 'answered') return seeOther(action)
  const page = requestsPage(
    { tenantName: tenant.displayName, locale: localeOf(request, undefined) },
    {
      action,
      userName: nameOf(outcome.signedIn),
      waiting: outcome.waiting.map(
        ({ request: { id, bindingMessage, scopes, services }, client, details }) => ({
          request: id,
          clientName: client.name,
          clientUri: linksOf(client).clientUri,
          bindingMessage,
          scopes,
          services,
          details,
        }),
      ),
    },
  )
  return htmlPage(page)
}

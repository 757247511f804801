import { linksOf } from '#shared/oauth/client/client-links.ts'
import type { ConsentOutcome } from '#shared/signin/flows/ask-consent.ts'
import { consentPage } from '#shared/signin/views/consent-page.ts'
import { pagePath } from '#shared/tenant/page-path.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { HttpRequest } from '../http-request.ts'
import type { HttpResponse } from '../http-response.ts'
import { htmlPage, localeOf, nameOf } from './page.ts'
import { seeOther } from './redirect.ts'

/** Shows what the client asks for, or goes on with the answer. */
export function consentOutcome(
  outcome: ConsentOutcome,
  { request, tenant }: { readonly request: HttpRequest; readonly tenant: Tenant },
): HttpResponse {
  if (outcome.kind === 'answered') return seeOther(outcome.location)
  const { client, signedIn } = outcome
  const page = consentPage(
    { tenantName: tenant.displayName, locale: localeOf(request, outcome.uiLocales) },
    {
      action: pagePath(tenant, 'signin/consent'),
      interaction: outcome.sealed,
      clientName: client.name,
      ...linksOf(client),
      userName: nameOf(signedIn),
      scopes: outcome.scopes,
      services: outcome.services,
      details: outcome.details,
    },
  )
  return htmlPage(page)
}

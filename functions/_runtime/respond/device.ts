import type { MetricName } from '#shared/metrics/metric.ts'
import { linksOf } from '#shared/oauth/client/client-links.ts'
import type { DevicePageOutcome } from '#shared/oidc/flows/verify-device.ts'
import { deviceAnsweredPage } from '#shared/signin/views/device-answered-page.ts'
import { deviceConsentPage } from '#shared/signin/views/device-consent-page.ts'
import { userCodePage } from '#shared/signin/views/user-code-page.ts'
import { pagePath } from '#shared/tenant/page-path.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { HttpRequest } from '../http-request.ts'
import type { HttpResponse } from '../http-response.ts'
import { browserCookie } from './cookies.ts'
import { htmlPage, localeOf, nameOf } from './page.ts'
import { seeOther } from './redirect.ts'

/** A wrong code is no failure of the form; 429 tells machines to stop. */
const statuses = { 'unknown-code': 422, 'too-many-attempts': 429 } as const

/** Shows the next page of connecting a device, or the sign-in page first. */
export function deviceOutcome(
  outcome: DevicePageOutcome,
  { request, tenant }: { readonly request: HttpRequest; readonly tenant: Tenant },
): HttpResponse {
  if (outcome.kind === 'sign-in') {
    return seeOther(outcome.location, [browserCookie(tenant, outcome.browser)])
  }
  const context = { tenantName: tenant.displayName, locale: localeOf(request, undefined) }
  if (outcome.kind === 'answered') {
    const { answer, client } = outcome
    return htmlPage(deviceAnsweredPage(context, { answer, clientName: client.name }))
  }
  const action = pagePath(tenant, 'oauth2/device')
  const { userCode } = outcome
  const userName = nameOf(outcome.signedIn)
  if (outcome.kind === 'enter') {
    const { problem } = outcome
    const page = userCodePage(context, { action, userName, userCode, problem })
    return htmlPage(page, problem === undefined ? 200 : statuses[problem])
  }
  const { client, scopes, services, details, sealed: interaction } = outcome
  const { name: clientName } = client
  const { clientUri } = linksOf(client)
  const asked = { clientName, clientUri, userName, userCode, scopes, services, details }
  const page = htmlPage(deviceConsentPage(context, { action, interaction, ...asked }))
  return { ...page, cookies: [browserCookie(tenant, outcome.browser)] }
}

/** Somebody who guesses codes is worth a look; who mistypes one is not. */
export const deviceCounts = (outcome: DevicePageOutcome): readonly MetricName[] =>
  outcome.kind === 'enter' && outcome.problem === 'too-many-attempts' ? ['throttledAttempts'] : []

import type { MetricName } from '#shared/metrics/metric.ts'
import type { SignInOutcome } from '#shared/signin/flows/sign-in.ts'
import { signInPage } from '#shared/signin/views/sign-in-page.ts'
import { pagePath } from '#shared/tenant/page-path.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { HttpRequest } from '../http-request.ts'
import type { HttpResponse } from '../http-response.ts'
import { browserStateCookie, sessionCookie } from './cookies.ts'
import { htmlPage, localeOf } from './page.ts'
import { seeOther } from './redirect.ts'

/** 422 keeps browsers from saving a wrong password, 429 tells machines to stop. */
const statuses = { 'wrong-password': 422, 'too-many-attempts': 429 } as const

/** Shows the sign-in form, or hands the new session over and goes on. */
export function signInOutcome(
  outcome: SignInOutcome,
  { request, tenant }: { readonly request: HttpRequest; readonly tenant: Tenant },
): HttpResponse {
  if (outcome.kind === 'signed-in') {
    const { location, sessionCookie: cookie } = outcome
    return seeOther(location, [sessionCookie(tenant, cookie), browserStateCookie(tenant, cookie)])
  }
  const { interaction, problem } = outcome
  const page = signInPage(
    { tenantName: tenant.displayName, locale: localeOf(request, interaction.uiLocales) },
    {
      action: pagePath(tenant, 'signin'),
      interaction: outcome.sealed,
      clientName: interaction.clientName,
      userName: outcome.userName ?? interaction.loginHint,
      problem,
    },
  )
  return htmlPage(page, problem === undefined ? 200 : statuses[problem])
}

const problemCounts = {
  'wrong-password': 'failedSignIns',
  'too-many-attempts': 'throttledAttempts',
} as const

/** A form that is only shown counts for nothing. */
export function signInCounts(outcome: SignInOutcome): readonly MetricName[] {
  if (outcome.kind === 'signed-in') return ['signIns']
  return outcome.problem === undefined ? [] : [problemCounts[outcome.problem]]
}

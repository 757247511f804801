import { errorPage } from '#shared/signin/views/error-page.ts'
import type { Scene } from '../endpoint.ts'
import type { HttpResponse } from '../http-response.ts'
import { type Refusal, retryAfter } from '../refusal.ts'
import { htmlPage, localeOf } from '../respond/page.ts'

/** A refusal as a page: what a person can do about it, and the words that a developer needs. */
export function htmlError(refusal: Refusal, { request, tenant }: Scene): HttpResponse {
  const locale = localeOf(request, undefined)
  const tenantName = tenant?.displayName
  const context = tenantName === undefined ? { locale } : { locale, tenantName }
  const { code, description } = refusal
  const page = errorPage(context, { code, description, requestId: request.id })
  const response = htmlPage(page, refusal.status)
  return { ...response, headers: { ...response.headers, ...retryAfter(refusal) } }
}

import type { LogoutInput } from '#shared/oidc/flows/logout.ts'
import { parseLogoutRequest } from '#shared/oidc/messages/logout-request.ts'
import type { HttpRequest } from '../http-request.ts'
import { cookiesOf } from './cookies.ts'
import { postedForm } from './posted-form.ts'

/** Reads a logout request from the query or the posted form. */
export function readLogoutInput(request: HttpRequest): LogoutInput {
  const form = postedForm(request)
  return {
    request: parseLogoutRequest(form ?? new URLSearchParams(request.query), form !== undefined),
    posted: form?.toString(),
    session: cookiesOf(request).session,
    origin: request.header('origin'),
    address: request.address,
  }
}

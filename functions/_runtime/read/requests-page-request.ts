import {
  parseRequestsPageRequest,
  type RequestsPageRequest,
} from '#shared/oidc/messages/backchannel-answer.ts'
import type { HttpRequest } from '../http-request.ts'
import { cookiesOf } from './cookies.ts'
import { postedForm } from './posted-form.ts'

/** Reads a look at the requests that wait for a person, or the answer to one. */
export const readRequestsPageRequest = (request: HttpRequest): RequestsPageRequest =>
  parseRequestsPageRequest(postedForm(request), {
    ...cookiesOf(request),
    origin: request.header('origin'),
    address: request.address,
  })

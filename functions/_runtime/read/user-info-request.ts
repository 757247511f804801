import type { PresentedToken } from '#shared/oauth/token/presented-token.ts'
import { parseUserInfoRequest } from '#shared/oidc/messages/user-info-request.ts'
import type { HttpRequest } from '../http-request.ts'
import { clientHeaders } from './client-headers.ts'
import { postedForm } from './posted-form.ts'

/** Reads the access token of a request for claims; the body of a GET means nothing. */
export const readUserInfoRequest = (request: HttpRequest): PresentedToken =>
  parseUserInfoRequest(
    request.method,
    clientHeaders(request),
    postedForm(request) ?? new URLSearchParams(),
  )

import type { Secret } from '#shared/kernel/secret.ts'
import { parseUserInfoRequest } from '#shared/oidc/messages/user-info-request.ts'
import type { HttpRequest } from '../http-request.ts'
import { postedForm } from './posted-form.ts'

/** Reads the access token of a request for claims; the body of a GET means nothing. */
export const readUserInfoRequest = (request: HttpRequest): Secret =>
  parseUserInfoRequest(
    request.header('authorization'),
    postedForm(request) ?? new URLSearchParams(),
  )

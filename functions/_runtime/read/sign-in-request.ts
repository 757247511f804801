import {
  parseInteractionParameter,
  parsePasswordAttempt,
  type SignInRequest,
} from '#shared/signin/messages/sign-in-request.ts'
import type { HttpRequest } from '../http-request.ts'
import { cookiesOf } from './cookies.ts'
import { postedForm } from './posted-form.ts'

/** Reads a visit to the sign-in page, or what was typed into it. */
export function readSignInRequest(request: HttpRequest): SignInRequest {
  const form = postedForm(request)
  const { interaction, parameters } = parseInteractionParameter(
    form ?? new URLSearchParams(request.query),
  )
  const { browser, session } = cookiesOf(request)
  if (form === undefined) return { kind: 'show', interaction, browser }
  const origin = request.header('origin')
  const attempt = parsePasswordAttempt(parameters, request.address)
  return { kind: 'submit', interaction, browser, origin, session, attempt }
}

import { type ConsentRequest, parseConsentAnswer } from '#shared/signin/messages/consent-request.ts'
import { parseInteractionParameter } from '#shared/signin/messages/sign-in-request.ts'
import type { HttpRequest } from '../http-request.ts'
import { cookiesOf } from './cookies.ts'
import { postedForm } from './posted-form.ts'

/** Reads a visit to the consent page, or which of its buttons was pressed. */
export function readConsentRequest(request: HttpRequest): ConsentRequest {
  const form = postedForm(request)
  const cookies = cookiesOf(request)
  if (form === undefined) {
    const { interaction } = parseInteractionParameter(new URLSearchParams(request.query))
    return { kind: 'show', interaction, ...cookies }
  }
  const origin = request.header('origin')
  const { address } = request
  return { kind: 'submit', ...parseConsentAnswer(form), ...cookies, origin, address }
}

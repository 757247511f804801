import { interactionExpired } from '#shared/signin/errors.ts'
import { type PageVisit, pressedButton, readPageForm } from '#shared/signin/messages/page-form.ts'

/** A look at the requests that wait for a person, or the answer to one of them; unverified. */
export type RequestsPageRequest = PageVisit &
  (
    | { readonly kind: 'show' }
    | { readonly kind: 'answer'; readonly request: string; readonly answer: 'allow' | 'deny' }
  )

/** 128 bits in base64url: nothing longer becomes part of a key. */
const requestId = /^[A-Za-z0-9_-]{22}$/

/**
 * Reads which request a person has answered, and how.
 *
 * @throws ProtocolError `form_incomplete` or `interaction_expired`
 */
export function parseRequestsPageRequest(
  form: URLSearchParams | undefined,
  visit: PageVisit,
): RequestsPageRequest {
  if (form === undefined) return { kind: 'show', ...visit }
  const parameters = readPageForm(form)
  const request = parameters.get('request') ?? ''
  if (!requestId.test(request)) {
    throw interactionExpired('signin/requests/missing', 'there is no such request')
  }
  return { kind: 'answer', request, answer: pressedButton(parameters, 'requests'), ...visit }
}

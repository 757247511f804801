import { type Parameters, readParameters } from '#shared/kernel/parameters.ts'
import { formIncomplete, interactionExpired } from '#shared/signin/errors.ts'

/** What the browser brings along with every visit to the page of requests; unverified. */
interface RequestsVisit {
  readonly session: string | undefined
  readonly browser: string | undefined
  readonly origin: string | undefined
  readonly address: string
}

/** A look at the requests that wait for a person, or the answer to one of them; unverified. */
export type RequestsPageRequest = RequestsVisit &
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
  visit: RequestsVisit,
): RequestsPageRequest {
  if (form === undefined) return { kind: 'show', ...visit }
  const { parameters, repeated } = readParameters(form)
  if (repeated.length > 0) {
    throw formIncomplete('signin/form/repeated', 'a field of the form is repeated')
  }
  const request = parameters.get('request') ?? ''
  if (!requestId.test(request)) {
    throw interactionExpired('signin/requests/missing', 'there is no such request')
  }
  return { kind: 'answer', request, answer: pressedButton(parameters), ...visit }
}

function pressedButton(parameters: Parameters): 'allow' | 'deny' {
  const allow = parameters.has('allow')
  if (allow !== parameters.has('deny')) return allow ? 'allow' : 'deny'
  throw formIncomplete('signin/requests/answer', 'one of the two buttons must be pressed')
}

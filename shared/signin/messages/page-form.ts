import { type Parameters, readParameters } from '#shared/kernel/parameters.ts'
import { formIncomplete } from '../errors.ts'

/** What the browser brings along with every visit to a page of ours; unverified. */
export interface PageVisit {
  readonly session: string | undefined
  readonly browser: string | undefined
  readonly origin: string | undefined
  readonly address: string
}

/** Reads the fields of a form, each there once. @throws ProtocolError `form_incomplete` */
export function readPageForm(sent: URLSearchParams): Parameters {
  const { parameters, repeated } = readParameters(sent)
  if (repeated.length === 0) return parameters
  throw formIncomplete('signin/form/repeated', 'a field of the form is repeated')
}

/**
 * Reads which of the two buttons of a page was pressed; silence is no answer.
 *
 * @throws ProtocolError `form_incomplete`
 */
export function pressedButton(
  fields: Parameters,
  page: 'consent' | 'device' | 'requests',
): 'allow' | 'deny' {
  const allow = fields.has('allow')
  if (allow !== fields.has('deny')) return allow ? 'allow' : 'deny'
  throw formIncomplete(`signin/${page}/answer`, 'one of the two buttons must be pressed')
}

import { formIncomplete } from '../errors.ts'
import { type PageRequest, parseInteractionParameter } from './sign-in-request.ts'

export type ConsentRequest = PageRequest & { readonly session: string | undefined } & (
    | { readonly kind: 'show' }
    | {
        readonly kind: 'submit'
        readonly origin: string | undefined
        readonly address: string
        readonly answer: 'allow' | 'deny'
      }
  )

/** Reads which of the two buttons was pressed. @throws ProtocolError `form_incomplete` */
export function parseConsentAnswer(form: URLSearchParams): {
  readonly interaction: string
  readonly answer: 'allow' | 'deny'
} {
  const { interaction, parameters } = parseInteractionParameter(form)
  const allow = parameters.has('allow')
  if (allow === parameters.has('deny')) {
    throw formIncomplete('signin/consent/answer', 'one of the two buttons must be pressed')
  }
  return { interaction, answer: allow ? 'allow' : 'deny' }
}

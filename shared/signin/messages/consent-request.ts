import { pressedButton } from './page-form.ts'
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
  return { interaction, answer: pressedButton(parameters, 'consent') }
}

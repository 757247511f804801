import { formIncomplete } from '#shared/signin/errors.ts'
import { type PageVisit, pressedButton, readPageForm } from '#shared/signin/messages/page-form.ts'

/** What a person does on the device page; unverified. */
export type DevicePageRequest = PageVisit &
  (
    | {
        readonly kind: 'show'
        /** From `verification_uri_complete`. */
        readonly userCode: string
        /** The way back from the sign-in page. */
        readonly interaction: string | undefined
      }
    | { readonly kind: 'enter'; readonly userCode: string }
    | {
        readonly kind: 'answer'
        readonly interaction: string
        readonly answer: 'allow' | 'deny'
      }
  )

/** Longer than anything a person makes of eight letters. */
const maximalTypedLength = 64

/**
 * Reads a visit to the device page, a code that was typed there, or a button that was pressed.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8628#section-3.3
 * @throws ProtocolError `form_incomplete`
 */
export function parseDevicePageRequest(
  sent: URLSearchParams,
  isPosted: boolean,
  visit: PageVisit,
): DevicePageRequest {
  const parameters = readPageForm(sent)
  const interaction = parameters.get('interaction')
  const userCode = parameters.get('user_code') ?? ''
  if (userCode.length > maximalTypedLength) {
    throw formIncomplete('signin/device/length', 'a field of the form is too long')
  }
  if (!isPosted) return { kind: 'show', userCode, interaction, ...visit }
  if (interaction === undefined) return { kind: 'enter', userCode, ...visit }
  return { kind: 'answer', interaction, answer: pressedButton(parameters, 'device'), ...visit }
}

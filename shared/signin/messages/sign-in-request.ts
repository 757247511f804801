import type { PasswordAttempt } from '#shared/authn/password-attempt.ts'
import type { Parameters } from '#shared/kernel/parameters.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { formIncomplete, interactionExpired } from '../errors.ts'
import { readPageForm } from './page-form.ts'

/** What every page brings back; unverified. */
export interface PageRequest {
  readonly interaction: string
  readonly browser: string | undefined
}

export type SignInRequest =
  | (PageRequest & { readonly kind: 'show' })
  | (PageRequest & {
      readonly kind: 'submit'
      readonly origin: string | undefined
      /** The session cookie of whoever was signed in before. */
      readonly session: string | undefined
      readonly attempt: PasswordAttempt
    })

/** Longer input is nobody's password, and hashing it would be somebody's attack. */
const maximalPasswordLength = 1024
const maximalUserNameLength = 320

/** Reads the sealed interaction out of a query or a form. @throws ProtocolError `interaction_expired` */
export function parseInteractionParameter(sent: URLSearchParams): {
  readonly interaction: string
  readonly parameters: Parameters
} {
  const parameters = readPageForm(sent)
  const interaction = parameters.get('interaction')
  if (interaction === undefined) {
    throw interactionExpired('signin/interaction/missing', 'this page must be opened by an app')
  }
  return { interaction, parameters }
}

/**
 * Reads a submitted sign-in form.
 *
 * @throws ProtocolError `form_incomplete` when a field is too long; an empty one is only a wrong password
 */
export function parsePasswordAttempt(parameters: Parameters, address: string): PasswordAttempt {
  const userName = parameters.get('username')?.trim() ?? ''
  const password = parameters.get('password') ?? ''
  if (userName.length > maximalUserNameLength || password.length > maximalPasswordLength) {
    throw formIncomplete('signin/form/length', 'a field of the form is too long')
  }
  return { userName, password: new Secret(password), address }
}

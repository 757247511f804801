import { withQuery } from '#shared/kernel/with-query.ts'
import { channelOf, type ResponseMode } from './response-mode.ts'

/** Where and how the answer of one authorization request is returned; all of it verified. */
export interface ResponseTarget {
  readonly redirectUri: string
  readonly responseMode: ResponseMode
  readonly state: string | undefined
  readonly issuer: string
}

/** An authorization response on its way: a redirect, or a page that posts a form. */
export type AuthorizationResponse =
  | { readonly kind: 'redirect'; readonly location: string }
  | {
      readonly kind: 'form-post'
      readonly action: string
      readonly fields: Readonly<Record<string, string>>
    }

/** The parameters of an answer, success or refusal. */
export type ResponseParameters = Readonly<Record<string, string>>

/**
 * Adds to an answer `state` byte for byte and `iss`, nothing extra.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
 * @spec https://www.rfc-editor.org/rfc/rfc9207#section-2
 */
export const identified = (
  { state, issuer }: ResponseTarget,
  answer: ResponseParameters,
): ResponseParameters => ({
  ...answer,
  ...(state === undefined ? {} : { state }),
  iss: issuer,
})

/**
 * Places parameters where the response mode wants them.
 *
 * @spec https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseModes
 * @spec https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html#FormPostResponseMode
 */
export function placed(
  { responseMode, redirectUri }: ResponseTarget,
  fields: ResponseParameters,
): AuthorizationResponse {
  const channel = channelOf(responseMode)
  if (channel === 'form_post') return { kind: 'form-post', action: redirectUri, fields }
  if (channel === 'fragment') {
    return { kind: 'redirect', location: `${redirectUri}#${new URLSearchParams(fields)}` }
  }
  return { kind: 'redirect', location: withQuery(redirectUri, fields) }
}

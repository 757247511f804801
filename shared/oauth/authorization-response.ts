import type { ResponseMode } from './response-mode.ts'

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

/**
 * Places the parameters of an answer, with `state` byte for byte and `iss`, nothing extra.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
 * @spec https://www.rfc-editor.org/rfc/rfc9207#section-2
 * @spec https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html#FormPostResponseMode
 */
export function authorizationResponse(
  target: ResponseTarget,
  answer: Readonly<Record<string, string>>,
): AuthorizationResponse {
  const fields = {
    ...answer,
    ...(target.state === undefined ? {} : { state: target.state }),
    iss: target.issuer,
  }
  if (target.responseMode === 'form_post') {
    return { kind: 'form-post', action: target.redirectUri, fields }
  }
  const encoded = new URLSearchParams(fields).toString()
  if (target.responseMode === 'fragment') {
    return { kind: 'redirect', location: `${target.redirectUri}#${encoded}` }
  }
  const joint = target.redirectUri.includes('?') ? '&' : '?'
  return { kind: 'redirect', location: `${target.redirectUri}${joint}${encoded}` }
}

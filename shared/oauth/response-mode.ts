import { invalidRequest } from './errors.ts'

export type ResponseMode = 'query' | 'fragment' | 'form_post'

export const responseModes: readonly ResponseMode[] = ['query', 'fragment', 'form_post']

/**
 * The mode of a request that names none: `fragment` wherever a token could be in the answer.
 *
 * @spec https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseModes
 * @param responseType unverified
 */
export const defaultResponseMode = (responseType: string | undefined): ResponseMode =>
  responseType?.split(' ').some((type) => type === 'token' || type === 'id_token')
    ? 'fragment'
    : 'query'

/** A form can be posted to a web address only, not to the private-use scheme of a native app. */
export const canPostTo = (redirectUri: string): boolean => /^https?:/.test(redirectUri)

/**
 * Reads a `response_mode`.
 *
 * @spec https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseModes
 * @param redirectUri verified
 * @throws ProtocolError `invalid_request`
 */
export function parseResponseMode(presented: string, redirectUri: string): ResponseMode {
  const mode = responseModes.find((known) => known === presented)
  if (mode === 'form_post' && !canPostTo(redirectUri)) {
    throw invalidRequest('oauth/response-mode/form-post', 'form_post needs an https redirect_uri')
  }
  if (mode !== undefined) return mode
  throw invalidRequest('oauth/response-mode', 'response_mode must be query, fragment or form_post')
}

import { requestTooLarge } from '#shared/oauth/errors.ts'
import { parseInteractionParameter } from '#shared/signin/messages/sign-in-request.ts'

/** What reaches the authorization endpoint; all of it unverified. */
export type AuthorizationInput = {
  readonly session: string | undefined
  readonly browser: string | undefined
} & (
  | { readonly kind: 'request'; readonly request: string }
  | { readonly kind: 'posted'; readonly request: string }
  | { readonly kind: 'resume'; readonly interaction: string }
)

/** A request travels sealed in our own URLs, and the gateway takes 10,240 bytes of line and headers. */
const maximalRequestLength = 4096

/**
 * Reads a request, or its return from the pages.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest GET and POST
 * @throws ProtocolError `invalid_request`
 */
export function parseAuthorizationInput(sent: {
  readonly isResumed: boolean
  readonly query: string
  /** The form of a POST, `undefined` with GET. */
  readonly form: URLSearchParams | undefined
  readonly session: string | undefined
  readonly browser: string | undefined
}): AuthorizationInput {
  const { session, browser } = sent
  if (sent.isResumed) {
    const { interaction } = parseInteractionParameter(new URLSearchParams(sent.query))
    return { kind: 'resume', interaction, session, browser }
  }
  const request = sent.form?.toString() ?? sent.query
  if (request.length > maximalRequestLength) {
    throw requestTooLarge('oauth/authorize/length', 'the request is longer than 4096 characters')
  }
  return { kind: sent.form === undefined ? 'request' : 'posted', request, session, browser }
}

import { parseInteractionParameter } from '#shared/signin/messages/sign-in-request.ts'
import { verifyRequestLength } from '../request-length.ts'

/** What reaches the authorization endpoint; all of it unverified. */
export type AuthorizationInput = {
  readonly session: string | undefined
  readonly browser: string | undefined
  /** Of the caller, as the edge saw it. */
  readonly address: string
} & (
  | { readonly kind: 'request'; readonly request: string }
  | { readonly kind: 'posted'; readonly request: string }
  | { readonly kind: 'resume'; readonly interaction: string }
)

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
  readonly address: string
}): AuthorizationInput {
  const { session, browser, address } = sent
  const caller = { session, browser, address }
  if (sent.isResumed) {
    const { interaction } = parseInteractionParameter(new URLSearchParams(sent.query))
    return { kind: 'resume', interaction, ...caller }
  }
  const request = sent.form?.toString() ?? sent.query
  verifyRequestLength(request)
  return { kind: sent.form === undefined ? 'request' : 'posted', request, ...caller }
}

import { type ClientId, trusted } from '#shared/kernel/ids.ts'

/** What an ID token of ours says when it comes back as a hint; its expiry does not count. */
export interface IdTokenHint {
  /** How the client knows the user. */
  readonly subject: string
  readonly client: ClientId
  readonly sid: string | undefined
}

/**
 * Reads the claims of an ID token whose signature and issuer have been verified.
 *
 * @spec https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout
 * @spec https://www.rfc-editor.org/rfc/rfc8725#section-3.12 signed claims of userinfo have no `exp`
 * @param claims `undefined` when the hint is not a token of ours
 */
export function readIdTokenHint(
  claims: Readonly<Record<string, unknown>> | undefined,
): IdTokenHint | undefined {
  const subject = claims?.['sub']
  const client = claims?.['aud']
  const sid = claims?.['sid']
  const isIdToken = typeof claims?.['exp'] === 'number'
  if (!isIdToken || typeof subject !== 'string' || typeof client !== 'string') return undefined
  return {
    subject,
    client: trusted<ClientId>(client),
    sid: typeof sid === 'string' ? sid : undefined,
  }
}

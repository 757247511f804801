import { type EpochSeconds, type Seconds, seconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { AuthorizationDetail } from '../authorization/authorization.ts'
import { type Confirmation, tokenTypeOf } from '../possession/confirmation.ts'
import type { IssuedAccessToken } from '../token/access-token.ts'
import type { TokenType } from '../token/token-exchange.ts'

/**
 * A successful token response.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
export interface TokenResponse {
  readonly access_token: string
  /** @spec https://www.rfc-editor.org/rfc/rfc8693#section-2.2.1 of what was exchanged */
  readonly issued_token_type?: TokenType
  readonly token_type: 'Bearer' | 'DPoP'
  readonly expires_in: Seconds
  readonly scope?: string
  /** @spec https://www.rfc-editor.org/rfc/rfc9396#section-7 as granted */
  readonly authorization_details?: readonly AuthorizationDetail[]
  readonly refresh_token?: string
  readonly id_token?: string
}

/** What every token response says; an access token without scopes names none. */
export const accessTokenResponse = (
  { token, expiresAt, scopes, authorizationDetails }: IssuedAccessToken,
  { confirmation, now }: { readonly confirmation?: Confirmation; readonly now: EpochSeconds },
): TokenResponse => ({
  access_token: token,
  token_type: tokenTypeOf(confirmation),
  expires_in: seconds(expiresAt - now),
  ...(scopes.length > 0 && { scope: scopes.join(' ') }),
  ...withoutAbsent({ authorization_details: authorizationDetails }),
})

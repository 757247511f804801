import type { Seconds } from '#shared/kernel/time.ts'
import type { AuthorizationDetail } from '../authorization/authorization.ts'
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

/** The members that say how much was granted; an access token without scopes names none. */
export const grantedParameters = ({
  scopes,
  authorizationDetails,
}: {
  readonly scopes: readonly string[]
  readonly authorizationDetails?: readonly AuthorizationDetail[]
}): Pick<TokenResponse, 'authorization_details' | 'scope'> => ({
  ...(scopes.length > 0 && { scope: scopes.join(' ') }),
  ...(authorizationDetails !== undefined && { authorization_details: authorizationDetails }),
})

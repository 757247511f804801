import type { Seconds } from '#shared/kernel/time.ts'

/**
 * A successful token response.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
export interface TokenResponse {
  readonly access_token: string
  readonly token_type: 'Bearer' | 'DPoP'
  readonly expires_in: Seconds
  readonly scope?: string
  readonly refresh_token?: string
  readonly id_token?: string
}

import type { Secret } from '#shared/kernel/secret.ts'
import type { PresentedKeys } from '../authentication/client-authentication.ts'

/** An access token as it was sent, with the keys that came along; unverified. */
export interface PresentedToken extends PresentedKeys {
  readonly token: Secret
  readonly scheme: 'Bearer' | 'DPoP'
  /** The method of the request. */
  readonly method: string
}

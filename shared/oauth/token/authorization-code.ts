import type { ClientId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, isExpired, seconds } from '#shared/kernel/time.ts'
import type { Authorization } from '../authorization/authorization.ts'
import { type CodeChallenge, verifyCodeVerifier } from '../authorization/code-challenge.ts'
import type { Client } from '../client/client.ts'
import { redirectUriHash } from '../client/redirect-uri.ts'
import { invalidGrant } from '../errors.ts'
import { type Confirmation, isSameConfirmation } from '../possession/confirmation.ts'

/** Lifetime of an authorization code; the RFC recommends at most 600 seconds. */
export const authorizationCodeLifetime = seconds(60)

/** What a code says; sealed, it is the code itself, so that nothing is stored before redemption. */
export interface AuthorizationCode extends Authorization {
  readonly client: ClientId
  readonly redirectUriHash: string
  readonly challenge?: CodeChallenge
  /** Thumbprint of the DPoP key that must redeem it. */
  readonly dpopJkt?: string
  /** The parts that would have made it too long are kept in the table. */
  readonly isLong?: boolean
  readonly expiresAt: EpochSeconds
}

/**
 * Checks everything about a code that needs no table: client, redirect URI and proof key.
 *
 * All of it comes before the single-use marker is put, so that a stolen code cannot be burnt by
 * somebody who could not have redeemed it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3
 * @throws ProtocolError `invalid_grant`
 */
export function verifyCodeBinding(
  code: AuthorizationCode,
  client: Client,
  presented: {
    readonly redirectUri?: string | undefined
    readonly codeVerifier?: string | undefined
  },
): void {
  if (code.client !== client.id) {
    throw invalidGrant('oauth/code/other-client', 'the code was issued to another client')
  }
  verifyCodeRedirectUri(code, presented.redirectUri)
  verifyCodeVerifier(presented.codeVerifier, code.challenge)
}

function verifyCodeRedirectUri(code: AuthorizationCode, presented: string | undefined): void {
  if (presented === undefined || redirectUriHash(presented) !== code.redirectUriHash) {
    throw invalidGrant('oauth/code/redirect-uri', 'redirect_uri is not that of the request')
  }
}

/**
 * Holds the code to the key that its request named.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-10
 * @throws ProtocolError `invalid_grant`
 */
export function verifyCodeKey(
  { dpopJkt }: AuthorizationCode,
  presented: Confirmation | undefined,
): void {
  if (dpopJkt === undefined || isSameConfirmation({ jkt: dpopJkt }, presented)) return
  throw invalidGrant('oauth/code/other-key', 'the code is bound to another key')
}

/** True when the code's lifetime is over; a late second use is still told from a first one. */
export const isCodeExpired = (code: AuthorizationCode, now: EpochSeconds): boolean =>
  isExpired(code.expiresAt, now)

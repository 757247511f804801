import type { ClientId, FamilyId, Generation, UserId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, isExpired, plus } from '#shared/kernel/time.ts'
import type { Client } from '../client/client.ts'
import { isPublicClient } from '../client/public-client.ts'
import { invalidGrant } from '../errors.ts'
import { type Confirmation, isSameConfirmation } from '../possession/confirmation.ts'
import type { RefreshFamily } from './refresh-family.ts'

/**
 * What a refresh token says; sealed deterministically, it is the token itself.
 *
 * Equal content gives the equal token, so that nothing but the generation is stored.
 */
export interface RefreshToken {
  readonly user: UserId
  readonly family: FamilyId
  readonly client: ClientId
  readonly generation: Generation
}

/**
 * Checks that a family may still be refreshed by the client.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-6
 * @throws ProtocolError `invalid_grant`
 */
export function verifyFamilyUsable(family: RefreshFamily, client: Client, now: EpochSeconds): void {
  if (family.client !== client.id) {
    throw invalidGrant('oauth/refresh/other-client', 'the token was issued to another client')
  }
  if (isExpired(family.expiresAt, now)) {
    throw invalidGrant('oauth/refresh/expired', 'the refresh token has expired')
  }
  if (family.revokedAt !== undefined) {
    throw invalidGrant('oauth/refresh/revoked', 'the refresh token has been revoked')
  }
}

/**
 * Holds a public client to the key of its first token, and an attested one to its instance; any other
 * client proves itself anyway, and may change its key.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-5
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-4
 * @spec https://datatracker.ietf.org/doc/html/draft-ietf-oauth-attestation-based-client-auth-10#section-9.3
 * @throws ProtocolError `invalid_grant`
 */
export function verifyFamilyKey(
  { confirmation, instance }: RefreshFamily,
  client: Client,
  presented: { readonly confirmation?: Confirmation; readonly instance?: string },
): void {
  const isBound = isPublicClient(client) && confirmation !== undefined
  const isSameKey = !isBound || isSameConfirmation(confirmation, presented.confirmation)
  if (isSameKey && instance === presented.instance) return
  throw invalidGrant('oauth/refresh/other-key', 'the refresh token is bound to another key')
}

/** True for the newest token of its line. */
export const isNewest = (token: RefreshToken, family: RefreshFamily): boolean =>
  token.generation === family.generation

/**
 * True when the token comes again because the answer to its first use was lost, as far as one can tell:
 * right after that, from the holder of the same key, and before its successor was used.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2
 */
export function isLate(
  token: RefreshToken,
  family: RefreshFamily,
  { client, confirmation, now }: Presentation,
): boolean {
  const { rotatedAt, generation } = family
  const isPrevious = token.generation + 1 === generation
  if (!isPrevious || rotatedAt === undefined || client.refreshTokenGrace === undefined) return false
  if (!isSameConfirmation(family.confirmation, confirmation)) return false
  return !isExpired(plus(rotatedAt, client.refreshTokenGrace), now)
}

/** Who presents a refresh token, and when. */
export interface Presentation {
  readonly client: Client
  readonly confirmation?: Confirmation
  readonly now: EpochSeconds
}

/** The token that follows. */
export const successor = (token: RefreshToken): RefreshToken => ({
  ...token,
  generation: (token.generation + 1) as Generation,
})

import { equalInConstantTime, sha256Base64url } from '#shared/kernel/digest.ts'
import type { Secret } from '#shared/kernel/secret.ts'
import type { Client, DynamicRegistration } from '../client/client.ts'
import { invalidToken } from '../errors.ts'

/** The one form in which a registration access token is kept. */
export const registrationTokenHash = (token: Secret): string => sha256Base64url(token.reveal())

/** A client that has registered itself. */
export type RegisteredClient = Client & { readonly dynamicRegistration: DynamicRegistration }

/**
 * Answers the client whose registration a token gives access to.
 *
 * A client that is gone, one that the operator has named and one of another token are refused alike.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7592#section-2.1
 * @throws ProtocolError `invalid_token`
 */
export function verifyRegistrationToken(
  client: Client | undefined,
  presented: Secret,
): RegisteredClient {
  const registration = client?.dynamicRegistration
  const isRight = equalInConstantTime(
    registrationTokenHash(presented),
    registration?.tokenHash ?? '',
  )
  if (client !== undefined && registration !== undefined && isRight) {
    return { ...client, dynamicRegistration: registration }
  }
  throw invalidToken('oauth/registration/token', 'the registration access token is not valid')
}

import { equalInConstantTime, sha256Base64url } from '#shared/kernel/digest.ts'
import type { Secret } from '#shared/kernel/secret.ts'
import { invalidClient } from '../errors.ts'
import type { Client } from './client.ts'

/**
 * Checks a `client_secret` against the stored hashes, every one of them, in constant time.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 * @throws ProtocolError `invalid_client`
 */
export function verifyClientSecret(client: Client, presented: Secret): void {
  const hash = sha256Base64url(presented.reveal())
  const matches = client.secretHashes.filter((stored) => equalInConstantTime(hash, stored))
  if (matches.length === 0) {
    throw invalidClient('oauth/client/secret', 'client authentication failed')
  }
}

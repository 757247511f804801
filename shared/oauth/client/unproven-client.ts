import type { Client } from './client.ts'

/**
 * True for an app that any other app on the same device could pass for.
 *
 * It has no key to prove itself by, and what it is sent back to may belong to somebody else: only an
 * `https` URI that the system has seen it claim is its own.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8252#section-8.6
 */
export const isUnproven = ({
  applicationType,
  tokenEndpointAuthMethod,
  redirectUris,
}: Client): boolean =>
  applicationType === 'native' &&
  tokenEndpointAuthMethod === 'none' &&
  !redirectUris.every((uri) => uri.startsWith('https:'))

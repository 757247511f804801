import type { Client } from './client.ts'
import { isClientIdUrl } from './client-id-url.ts'

/**
 * True for a client that proves nothing at the token endpoint.
 *
 * A secret that the operator has put into a native app is in every copy of it, and so no secret; one
 * that an installation has registered for is its own.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8252#section-8.5
 */
export const isPublicClient = ({
  applicationType,
  tokenEndpointAuthMethod: method,
  dynamicRegistration,
}: Client): boolean =>
  method === 'none' ||
  (applicationType === 'native' &&
    method.startsWith('client_secret_') &&
    dynamicRegistration === undefined)

/**
 * True for an app that any other app on the same device could pass for.
 *
 * It has no key to prove itself by, and what it is sent back to may belong to somebody else: only an
 * `https` URI that the system has seen it claim is its own. A document is for all who run the app, and so
 * does not count when it calls it a web app.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8252#section-8.6
 */
export const isUnproven = (client: Client): boolean =>
  (client.applicationType === 'native' || isClientIdUrl(client.id)) &&
  isPublicClient(client) &&
  !client.redirectUris.every((uri) => uri.startsWith('https:'))

import type { ClientId } from '#shared/kernel/ids.ts'
import { isRecord, parseJson } from '#shared/kernel/json.ts'
import { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import { invalidClientMetadata } from '../errors.ts'
import { toClient } from './client-registration.ts'
import { registeredMetadata } from './registered-metadata.ts'
import type { SentMetadata } from './registration-metadata.ts'
import { policyOf } from './registration-policy.ts'

/** Larger than the draft recommends: documents of clients in use do not keep to its 5 kB. */
export const maximalDocumentBytes = 16 * 1024

/** A document that names another, to be asked for while a person waits, is not followed. */
const notByDocument = 'sector_identifier_uri'

/**
 * Makes a client of the document at its `client_id`; `undefined` for any document that makes none.
 *
 * @spec https://www.ietf.org/archive/id/draft-ietf-oauth-client-id-metadata-document-02.html#section-4
 * @param text unverified
 */
export function parseClientIdDocument(
  tenant: Tenant,
  id: ClientId,
  text: string,
): Client | undefined {
  try {
    const sent = documentOf(id, parseJson(text))
    const metadata = registeredMetadata(tenant, sent, policyOf(tenant), { id })
    return toClient(tenant.id, metadata, undefined, epochSeconds(0))
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

/** @spec https://www.ietf.org/archive/id/draft-ietf-oauth-client-id-metadata-document-02.html#section-4.1 */
function documentOf(id: ClientId, json: unknown): SentMetadata {
  if (!isRecord(json)) throw refused('shape')
  const document: SentMetadata = json
  if (document['client_id'] !== id) throw refused('client-id')
  if ('client_secret' in document || 'client_secret_expires_at' in document) throw refused('secret')
  const method = document['token_endpoint_auth_method'] ?? 'none'
  if (typeof method !== 'string' || method.startsWith('client_secret_')) throw refused('method')
  const members = Object.entries(document).filter(([name]) => name !== notByDocument)
  return {
    ...(listensOnADevice(document['redirect_uris']) && { application_type: 'native' }),
    ...Object.fromEntries(members),
    token_endpoint_auth_method: method,
  }
}

/**
 * One document is for all who run the app: where a redirect URI leads to their own device, the app
 * is a native one unless it says otherwise, and so may choose its port and is not remembered.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
const listensOnADevice = (uris: unknown): boolean =>
  Array.isArray(uris) && uris.some((uri) => typeof uri === 'string' && !/^https:/i.test(uri))

const refused = (rule: string) =>
  invalidClientMetadata(`oauth/client-id-document/${rule}`, 'the document describes no client')

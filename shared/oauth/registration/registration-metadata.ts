import { z } from 'zod'
import { isPlainJson } from '#shared/kernel/plain-json.ts'
import type { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { invalidClientMetadata, invalidRedirectUri } from '../errors.ts'
import { type ClientMetadata, clientMetadataMembers, refuseBrokenRules } from './client-metadata.ts'

/** Members as they were sent; unverified. */
export type SentMetadata = Readonly<Record<string, unknown>>

/** What a client does not decide about itself: the operator does, or we. */
const withheld: ReadonlySet<string> = new Set([
  'client_id',
  'client_secret',
  'refresh_token_grace_seconds',
  'resources',
  'skip_consent',
  'token_exchange',
])

/** What is left of the shape is passed over: a client may send members that we do not understand. */
const selfRegisteredMetadata = z
  .object(clientMetadataMembers({ strictSecrets: false }))
  .superRefine(refuseBrokenRules)

/**
 * Reads the metadata of a client that registers itself.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-2 members that are not understood are ignored
 * @param sent unverified
 * @param given what we give the client
 * @throws ProtocolError `invalid_redirect_uri` or `invalid_client_metadata`
 */
export function parseRegistrationMetadata(
  sent: SentMetadata,
  given: { readonly client_id: string; readonly client_secret?: string },
): ClientMetadata {
  const parsed = selfRegisteredMetadata.safeParse({ ...normalized(sent), ...given })
  if (parsed.success) return keepable(parsed.data)
  const [issue] = parsed.error.issues
  throw metadataRefusal(issue?.path ?? [], issue?.message ?? 'is malformed')
}

/** Text and keys come as JSON, which can say what no table takes. */
function keepable(metadata: ClientMetadata): ClientMetadata {
  const [bad] = Object.entries(metadata).find(([, value]) => !isPlainJson(value)) ?? []
  if (bad === undefined) return metadata
  throw metadataRefusal([bad], 'holds a number, a character or a depth that cannot be kept')
}

/** @spec https://www.rfc-editor.org/rfc/rfc7592#section-2.2 null and empty text are as good as absent */
function normalized(sent: SentMetadata): SentMetadata {
  const present = Object.entries(sent).filter(
    ([name, value]) => value !== null && value !== '' && !withheld.has(name),
  )
  const metadata: SentMetadata = Object.fromEntries(present)
  const { response_types: types, redirect_uris: uris, application_type: type } = metadata
  return {
    ...metadata,
    ...(Array.isArray(types) && { response_types: types.map(inOrder) }),
    ...(type === undefined && isOfNativeApp(uris) && { application_type: 'native' }),
  }
}

/** @spec https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseTypesAndModes order does not matter */
const inOrder = (type: unknown): unknown =>
  typeof type === 'string' ? type.split(' ').toSorted().join(' ') : type

/** Programs for a terminal seldom say what they are; where they listen does. */
const isOfNativeApp = (uris: unknown): boolean =>
  Array.isArray(uris) &&
  uris.length > 0 &&
  uris.every((uri) => typeof uri === 'string' && !/^https:/i.test(uri))

/**
 * The refusal of a member; redirect URIs have a code of their own.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2
 */
export function metadataRefusal(
  [member = 'metadata', ...rest]: readonly PropertyKey[],
  message: string,
): ProtocolError {
  const place = [String(member), ...rest.map((step) => `[${String(step)}]`)].join('')
  const description = describable(`${place}: ${message}`)
  return member === 'redirect_uris'
    ? invalidRedirectUri('oauth/registration/redirect-uri', description)
    : invalidClientMetadata('oauth/registration/metadata', description)
}

/** @spec https://www.rfc-editor.org/rfc/rfc6749#section-5.2 characters of an error_description */
const describable = (text: string): string =>
  text
    .replaceAll('"', "'")
    .replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?')
    .slice(0, 300)

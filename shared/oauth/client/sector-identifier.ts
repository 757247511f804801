import { invalidClientMetadata, invalidRedirectUri } from '../errors.ts'

/**
 * Refuses redirect URIs that the document of their sector does not list.
 *
 * Whoever could leave one out could learn the subjects of another's sector.
 *
 * @spec https://openid.net/specs/openid-connect-registration-1_0.html#SectorIdentifierValidation
 * @param document what was found at `sector_identifier_uri`; `undefined` when nothing was
 * @throws ProtocolError `invalid_client_metadata` or `invalid_redirect_uri`
 */
export function verifySectorIdentifier(
  document: string | undefined,
  redirectUris: readonly string[],
): void {
  const listed = document === undefined ? undefined : parseList(document)
  if (listed === undefined) {
    throw invalidClientMetadata(
      'oauth/sector-identifier/document',
      'sector_identifier_uri leads to no JSON array of URIs',
    )
  }
  if (redirectUris.every((uri) => listed.includes(uri))) return
  throw invalidRedirectUri(
    'oauth/sector-identifier/redirect-uri',
    'redirect_uris holds one that is not listed at sector_identifier_uri',
  )
}

function parseList(text: string): readonly unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list : undefined
  } catch {
    return undefined
  }
}

import { parseJson } from '#shared/kernel/json.ts'
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
  const listed = parseJson(document ?? '')
  if (!Array.isArray(listed)) {
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

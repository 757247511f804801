import type { HttpClient } from '#shared/ports/http-client.ts'
import { verifySectorIdentifier } from '../client/sector-identifier.ts'
import type { ClientMetadata } from '../registration/client-metadata.ts'

/**
 * Verifies that the document of the client's sector lists the redirect URIs, where the client names one.
 *
 * @spec https://openid.net/specs/openid-connect-registration-1_0.html#SectorIdentifierValidation
 * @throws ProtocolError `invalid_client_metadata` or `invalid_redirect_uri`
 */
export const verifySector =
  ({ httpClient }: { readonly httpClient: HttpClient }) =>
  async ({ sector_identifier_uri: url, redirect_uris: uris }: ClientMetadata): Promise<void> => {
    if (url === undefined) return
    const headers = { accept: 'application/json' }
    const answer = await httpClient.fetch({
      method: 'GET',
      url,
      headers,
      purpose: 'sector-identifier',
    })
    const isFound = answer.kind === 'answered' && answer.status === 200
    verifySectorIdentifier(isFound ? answer.body : undefined, uris)
  }

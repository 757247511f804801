import { readParameters } from '#shared/kernel/parameters.ts'
import { Secret } from '#shared/kernel/secret.ts'
import {
  type ClientHeaders,
  type PresentedClient,
  parseClientAuthentication,
} from '../authentication/client-authentication.ts'
import { invalidRequest } from '../errors.ts'

/** A client's request about one token; the client is not authenticated yet and no value is verified. */
export interface TokenInquiry {
  readonly client: PresentedClient
  readonly token: Secret
  readonly address: string
}

/**
 * Parses a request to introspect or to revoke a token.
 *
 * `token_type_hint` could only speed up a search; every token of ours tells its kind by itself.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7662#section-2.1
 * @spec https://www.rfc-editor.org/rfc/rfc7009#section-2.1
 * @throws ProtocolError `invalid_request`, `invalid_client` or `invalid_dpop_proof`
 */
export function parseTokenInquiry(
  form: URLSearchParams,
  headers: ClientHeaders,
  address: string,
): TokenInquiry {
  const { parameters, repeated } = readParameters(form)
  if (repeated.length > 0) {
    throw invalidRequest('oauth/inquiry/repeated-parameter', 'a parameter is repeated')
  }
  const client = parseClientAuthentication(headers, parameters)
  const token = parameters.get('token')
  if (token !== undefined) return { client, token: new Secret(token), address }
  throw invalidRequest('oauth/inquiry/token-missing', 'token is missing')
}

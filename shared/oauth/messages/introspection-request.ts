import {
  type ClientHeaders,
  credentialParameters,
} from '../authentication/client-authentication.ts'
import { unauthenticatedClient } from '../errors.ts'
import { parseTokenInquiry, type TokenInquiry } from './token-inquiry.ts'

/** @spec https://www.rfc-editor.org/rfc/rfc9701#section-4 */
export const introspectionJwtType = 'application/token-introspection+jwt'

export interface IntrospectionRequest extends TokenInquiry {
  /** The answer is to be a JWT. */
  readonly wantsJwt: boolean
}

/**
 * Parses an introspection request of somebody who authenticates; only who asks for a JWT is answered with one.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7662#section-2.1
 * @spec https://www.rfc-editor.org/rfc/rfc9701#section-4
 * @spec https://www.rfc-editor.org/rfc/rfc9701#section-5 400 for whoever does not authenticate
 * @param accept the Accept header, unverified
 * @throws ProtocolError `invalid_request`, `invalid_client` or `invalid_dpop_proof`
 */
export function parseIntrospectionRequest(
  form: URLSearchParams,
  headers: ClientHeaders,
  address: string,
  accept: string | undefined,
): IntrospectionRequest {
  if (!authenticates(form, headers)) {
    throw unauthenticatedClient(
      'oauth/introspection/unauthenticated',
      'introspection needs authentication',
    )
  }
  return {
    ...parseTokenInquiry(form, headers, address),
    wantsJwt: (accept ?? '').split(',').some(isIntrospectionJwt),
  }
}

const authenticates = (
  form: URLSearchParams,
  { authorization, attestation, certificate }: ClientHeaders,
): boolean =>
  [authorization, attestation, certificate].some((header) => header !== undefined) ||
  credentialParameters.some((name) => form.has(name))

/** A type with the weight 0 is one that is refused. @spec https://www.rfc-editor.org/rfc/rfc9110#section-12.4.2 */
function isIntrospectionJwt(range: string): boolean {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  return type === introspectionJwtType && !parameters.some((one) => /^q=0(\.0{0,3})?$/.test(one))
}

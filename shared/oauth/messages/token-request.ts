import { type Parameters, readParameters } from '#shared/kernel/parameters.ts'
import { Secret } from '#shared/kernel/secret.ts'
import {
  type ClientHeaders,
  type PresentedClient,
  parseClientAuthentication,
} from '../authentication/client-authentication.ts'
import { type PresentedNarrowing, readNarrowing } from '../authorization/narrowing.ts'
import { parseScope } from '../authorization/scope.ts'
import type { GrantType } from '../client/client.ts'
import { invalidRequest, unsupportedGrantType } from '../errors.ts'
import { grantTypes } from '../grants/table.ts'
import { parseTokenExchange, type TokenExchangeRequest } from './token-exchange-request.ts'

/** A token request as parsed; the client is not authenticated yet and no value is verified. */
export type TokenRequest = {
  readonly client: PresentedClient
  readonly address: string
  /** Absent: the token carries all that was authorized. */
  readonly narrowing?: PresentedNarrowing | undefined
} & (
  | {
      readonly grantType: 'authorization_code'
      readonly code: string
      readonly redirectUri: string | undefined
      readonly codeVerifier: string | undefined
    }
  | {
      readonly grantType: 'refresh_token'
      readonly refreshToken: string
      readonly scopes: readonly string[]
    }
  | { readonly grantType: 'client_credentials'; readonly scopes: readonly string[] }
  | {
      readonly grantType: 'urn:ietf:params:oauth:grant-type:device_code'
      readonly deviceCode: string
    }
  | {
      readonly grantType: 'urn:openid:params:grant-type:ciba'
      readonly authReqId: string
    }
  | {
      readonly grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer'
      readonly assertion: Secret
      readonly scopes: readonly string[]
    }
  | TokenExchangeRequest
)

export type GrantRequest<Type extends GrantType> = Extract<TokenRequest, { grantType: Type }>

/**
 * Parses the form of a token request: empty means absent, and none may repeat.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-3.2
 * @throws ProtocolError `invalid_request`, `unsupported_grant_type`, `invalid_scope`, `invalid_client`
 *   or `invalid_dpop_proof`
 */
export function parseTokenRequest(
  form: URLSearchParams,
  headers: ClientHeaders,
  address: string,
): TokenRequest {
  const { parameters, repeated } = readParameters(form)
  const grantType = parseGrantType(parameters)
  if (repeated.some((name) => !mayRepeat(name, grantType))) {
    throw invalidRequest('oauth/token/repeated-parameter', 'a parameter is repeated')
  }
  const client = parseClientAuthentication(headers, parameters)
  return {
    client,
    address,
    narrowing: readNarrowing(form),
    ...parseGrant(grantType, parameters, form),
  }
}

/** @spec https://www.rfc-editor.org/rfc/rfc8693#section-2.1 `audience` may be there more than once */
const mayRepeat = (name: string, grantType: GrantType): boolean =>
  name === 'resource' ||
  (name === 'audience' && grantType === 'urn:ietf:params:oauth:grant-type:token-exchange')

function parseGrantType(parameters: Parameters): GrantType {
  const presented = required(parameters, 'grant_type')
  const grantType = grantTypes.find((known) => known === presented)
  if (grantType !== undefined) return grantType
  throw unsupportedGrantType('oauth/token/grant-type', 'this grant_type is not supported')
}

function parseGrant(grantType: GrantType, parameters: Parameters, form: URLSearchParams) {
  switch (grantType) {
    case 'authorization_code':
      return {
        grantType,
        code: required(parameters, 'code'),
        redirectUri: parameters.get('redirect_uri'),
        codeVerifier: parameters.get('code_verifier'),
      } as const
    case 'refresh_token':
      return {
        grantType,
        refreshToken: required(parameters, 'refresh_token'),
        scopes: parseScope(parameters.get('scope')),
      } as const
    case 'client_credentials':
      return { grantType, scopes: parseScope(parameters.get('scope')) } as const
    case 'urn:ietf:params:oauth:grant-type:device_code':
      return { grantType, deviceCode: required(parameters, 'device_code') } as const
    case 'urn:openid:params:grant-type:ciba':
      return { grantType, authReqId: required(parameters, 'auth_req_id') } as const
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return {
        grantType,
        assertion: new Secret(required(parameters, 'assertion')),
        scopes: parseScope(parameters.get('scope')),
      } as const
    case 'urn:ietf:params:oauth:grant-type:token-exchange':
      return parseTokenExchange(parameters, form)
  }
}

function required(parameters: Parameters, name: string): string {
  const value = parameters.get(name)
  if (value !== undefined) return value
  throw invalidRequest(`oauth/token/${name.replaceAll('_', '-')}-missing`, `${name} is missing`)
}

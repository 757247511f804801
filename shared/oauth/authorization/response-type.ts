import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client, ResponseType } from '../client/client.ts'
import { invalidRequest, unauthorizedClient, unsupportedResponseType } from '../errors.ts'

/** Every response type there is; all but `code` are for old clients that are registered for them. */
export const responseTypes: readonly ResponseType[] = [
  'code',
  'id_token',
  'id_token token',
  'code id_token',
  'code token',
  'code id_token token',
  'token',
]

/** What a response is made of. */
export type ResponsePart = 'code' | 'id_token' | 'token'

const parts: readonly ResponsePart[] = ['code', 'id_token', 'token']

const inFront = {
  everything: responseTypes,
  'id-token': ['code', 'code id_token'],
  nothing: ['code'],
} as const

export const answersWith = (type: ResponseType, part: ResponsePart): boolean =>
  type.split(' ').includes(part)

/** The response types that a tenant's profile leaves. */
export const responseTypesOf = (tenant: Pick<Tenant, 'settings'>): readonly ResponseType[] =>
  inFront[profileOf(tenant).besideCode]

const registeredTypes = ({ responseTypes: registered, grantTypes }: Client) =>
  registered ?? (grantTypes.includes('authorization_code') ? ['code' as const] : [])

/** The words of a response type may stand in any order. */
function inOrder(presented: string): string {
  const words = presented.split(' ')
  const known = parts.filter((part) => words.includes(part))
  return known.length === words.length ? known.join(' ') : presented
}

/**
 * Reads a `response_type`: one that the tenant's profile leaves and the client is registered for.
 *
 * @spec https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseTypesAndModes
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-3.1.1
 * @throws ProtocolError `invalid_request`, `unsupported_response_type` or `unauthorized_client`
 */
export function parseResponseType(
  presented: string | undefined,
  client: Client,
  tenant: Pick<Tenant, 'settings'>,
): ResponseType {
  if (presented === undefined) {
    throw invalidRequest('oauth/response-type/missing', 'response_type is missing')
  }
  const type = responseTypesOf(tenant).find((each) => each === inOrder(presented))
  if (type === undefined) {
    throw unsupportedResponseType('oauth/response-type/unknown', 'response_type is not supported')
  }
  if (!registeredTypes(client).includes(type)) {
    throw unauthorizedClient(
      'oauth/response-type/unregistered',
      'the client is not registered for this response_type',
    )
  }
  refuseUnbound(type, client)
  return type
}

/** Nobody proves a key at the authorization endpoint, so a token from there is bound to none. */
function refuseUnbound(type: ResponseType, client: Client): void {
  const mustBind = client.dpopBoundAccessTokens || client.certificateBoundAccessTokens
  if (mustBind && answersWith(type, 'token')) {
    throw unauthorizedClient(
      'oauth/response-type/unbound',
      'the access tokens of the client are bound to a key, so they come from the token endpoint',
    )
  }
}

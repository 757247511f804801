import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import { invalidRequest } from '../errors.ts'

const channels = ['query', 'fragment', 'form_post'] as const

/** How an answer travels. */
export type ResponseChannel = (typeof channels)[number]

/** How an answer travels, and whether as parameters or as one signed JWT. */
export type ResponseMode = ResponseChannel | `${ResponseChannel}.jwt`

const modes: readonly ResponseMode[] = [...channels, 'query.jwt', 'fragment.jwt', 'form_post.jwt']

/** What a `response_mode` may say; `jwt` is the default channel, signed. */
export const responseModes: readonly string[] = [...modes, 'jwt']

/** What `response_mode` may say at a tenant: what carries no signature is never in its queries. */
export const responseModesOf = (tenant: Pick<Tenant, 'settings'>): readonly string[] =>
  responseModes.filter((mode) => mode !== 'query' || !profileOf(tenant).requiresSignedResponses)

/** What decides which modes can be used at all. */
export interface ModeTarget {
  /** Verified. */
  readonly redirectUri: string
  /** As presented. */
  readonly responseType: string | undefined
}

/** What decides which of them may be used. */
export interface ModeFacts extends Pick<ModeTarget, 'responseType'> {
  readonly client: Client
  readonly tenant: Pick<Tenant, 'settings'>
}

/** True when a token of ours could be in the answer. @param responseType unverified */
const answersWithToken = (responseType: string | undefined): boolean =>
  responseType?.split(' ').some((type) => type === 'token' || type === 'id_token') ?? false

/**
 * The channel of a request that names none: `fragment` wherever a token could be in the answer.
 *
 * @spec https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseModes
 * @param responseType unverified
 */
export const defaultResponseMode = (responseType: string | undefined): 'query' | 'fragment' =>
  answersWithToken(responseType) ? 'fragment' : 'query'

export const channelOf = (mode: ResponseMode): ResponseChannel =>
  channels.find((channel) => channel === mode || `${channel}.jwt` === mode) ?? 'query'

/** @spec https://openid.net/specs/oauth-v2-jarm-final.html#section-2.3 */
export const isSigned = (mode: ResponseMode): boolean => mode.endsWith('.jwt')

/** A form can be posted to a web address only, not to the private-use scheme of a native app. */
export const canPostTo = (redirectUri: string): boolean => /^https?:/.test(redirectUri)

/** @spec https://openid.net/specs/oauth-v2-jarm-final.html#section-2.3.4 what `jwt` stands for */
function knownMode(
  presented: string | undefined,
  responseType: string | undefined,
): ResponseMode | undefined {
  const named = presented === 'jwt' ? `${defaultResponseMode(responseType)}.jwt` : presented
  return modes.find((mode) => mode === named)
}

/**
 * Reads the `response_mode` of a request, or the default where it names none.
 *
 * A client that asks for one which we cannot serve would understand no answer, not even the refusal.
 *
 * @spec https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseModes
 * @spec https://openid.net/specs/oauth-v2-jarm-final.html#section-2.3
 * @param presented unverified
 * @throws ProtocolError `invalid_request`, never returned to the client
 */
export function parseResponseMode(
  presented: string | undefined,
  { redirectUri, responseType }: ModeTarget,
): ResponseMode {
  const mode = knownMode(presented ?? defaultResponseMode(responseType), responseType)
  if (mode === undefined) {
    throw invalidRequest('oauth/response-mode', 'response_mode is not supported')
  }
  if (channelOf(mode) === 'form_post' && !canPostTo(redirectUri)) {
    throw invalidRequest(
      'oauth/response-mode/form-post',
      'response_mode form_post needs an https redirect_uri',
    )
  }
  return mode
}

/**
 * Verifies that client and tenant may have an answer in this mode.
 *
 * @throws ProtocolError `invalid_request`
 */
export function verifyResponseMode(mode: ResponseMode, facts: ModeFacts): void {
  refuseUnregistered(mode, facts)
  refuseTokenInQuery(mode, facts)
  refuseUnsigned(mode, facts)
}

/** @spec https://openid.net/specs/fapi-message-signing-2_0-final.html#section-5.3.3 `response_modes` */
function refuseUnregistered(mode: ResponseMode, { responseType, client }: ModeFacts): void {
  const registered = client.responseModes?.map((each) => knownMode(each, responseType)) ?? [mode]
  if (registered.includes(mode)) return
  throw invalidRequest(
    'oauth/response-mode/unregistered',
    'the client has not registered this mode',
  )
}

/** A query ends up in logs and in the `Referer`; encrypted to the client, a token is safe there. */
function refuseTokenInQuery(mode: ResponseMode, { responseType, client }: ModeFacts): void {
  const isEncrypted = client.authorizationResponse?.encryptionAlg !== undefined && isSigned(mode)
  if (channelOf(mode) === 'query' && answersWithToken(responseType) && !isEncrypted) {
    throw invalidRequest('oauth/response-mode/query', 'a token is never returned in a query')
  }
}

/**
 * Refuses an answer that no signature of ours would protect: neither its own, nor that of an ID token in it.
 *
 * @spec https://openid.net/specs/openid-financial-api-part-2-1_0-final.html#authorization-server
 */
function refuseUnsigned(mode: ResponseMode, { responseType, tenant }: ModeFacts): void {
  const isProtected = isSigned(mode) || answersWithToken(responseType)
  if (profileOf(tenant).requiresSignedResponses && !isProtected) {
    throw invalidRequest('oauth/response-mode/unsigned', 'response_mode must be jwt')
  }
}

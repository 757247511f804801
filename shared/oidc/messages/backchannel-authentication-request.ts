import type { Parameters } from '#shared/kernel/parameters.ts'
import { type Seconds, seconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import {
  type ClientHeaders,
  type PresentedClient,
  parseClientAuthentication,
} from '#shared/oauth/authentication/client-authentication.ts'
import {
  parseRequestedAccess,
  type RequestedAccess,
} from '#shared/oauth/authorization/requested-access.ts'
import {
  readSentParameters,
  type SentParameters,
} from '#shared/oauth/authorization/sent-parameters.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { invalidRequest, invalidScope } from '#shared/oauth/errors.ts'
import { backchannelRequestLifetime } from '#shared/oauth/polling/backchannel-request.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { parseAcrValues } from '../acr.ts'
import { invalidBindingMessage } from '../errors.ts'

/** A backchannel authentication request as it arrives; its client is not authenticated yet. */
export interface SentBackchannelRequest {
  readonly client: PresentedClient
  readonly sent: SentParameters
  readonly address: string
}

/** What the person is known by; exactly one of them. */
export type UserHint =
  | { readonly kind: 'login_hint'; readonly value: string }
  | { readonly kind: 'id_token_hint'; readonly value: string }

/** A request in which every parameter has been checked against the client. */
export interface BackchannelAuthenticationRequest extends RequestedAccess {
  readonly hint: UserHint
  readonly bindingMessage?: string
  readonly acrValues?: readonly string[]
  readonly lifetime: Seconds
  /** For a client that asks to be told of the answer. */
  readonly notificationToken?: string
}

/**
 * Reads the form of a backchannel authentication request.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.7.1
 * @throws ProtocolError `invalid_request` or `invalid_client`
 */
export function readBackchannelRequest(
  form: URLSearchParams,
  headers: ClientHeaders,
  address: string,
): SentBackchannelRequest {
  const sent = readSentParameters(form)
  if (sent.repeated.length > 0) {
    throw invalidRequest('oidc/backchannel/repeated-parameter', 'a parameter is repeated')
  }
  return { client: parseClientAuthentication(headers, sent.parameters), sent, address }
}

/**
 * Checks every parameter of a backchannel authentication request.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.7.2
 * @throws ProtocolError with the code that section 13 gives each refusal
 */
export function parseBackchannelRequest(
  sent: Pick<SentParameters, 'parameters' | 'resources'>,
  asking: { readonly tenant: Tenant; readonly client: Client },
): BackchannelAuthenticationRequest {
  const { parameters } = sent
  const access = parseRequestedAccess(sent, asking)
  verifyIdentifying(access)
  const acrValues = parseAcrValues(parameters.get('acr_values'))
  return {
    ...access,
    hint: parseHint(parameters),
    lifetime: parseRequestedExpiry(parameters.get('requested_expiry')),
    ...withoutAbsent({
      bindingMessage: parseBindingMessage(parameters.get('binding_message'), asking.tenant),
      acrValues: acrValues.length === 0 ? undefined : acrValues,
      notificationToken: parseNotificationToken(parameters, asking.client),
    }),
  }
}

function verifyIdentifying({ scopes }: RequestedAccess): void {
  if (scopes.includes('openid')) return
  throw invalidScope('oidc/backchannel/scope', 'scope must contain openid')
}

const hints = ['login_hint_token', 'id_token_hint', 'login_hint'] as const

function parseHint(parameters: Parameters): UserHint {
  const [hint, ...others] = hints.filter((name) => parameters.has(name))
  if (hint === undefined || others.length > 0) {
    throw invalidRequest('oidc/backchannel/hints', 'exactly one hint must name the user')
  }
  if (hint === 'login_hint_token') {
    throw invalidRequest('oidc/backchannel/hint-token', 'login_hint_token is not supported')
  }
  return { kind: hint, value: parameters.get(hint) ?? '' }
}

/** Printable letters of any language, few enough for the display of anything. */
const bindingMessage = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,64}$/u

/**
 * Reads the text that a person compares; FAPI wants one, where nothing else tells one request from another.
 *
 * @spec https://openid.net/specs/openid-financial-api-ciba-ID1.html#rfc.section.5.2.2
 */
function parseBindingMessage(presented: string | undefined, tenant: Tenant): string | undefined {
  if (presented === undefined) {
    if (!profileOf(tenant).requiresKeyAuthentication) return undefined
    throw invalidRequest('oidc/backchannel/unbound', 'binding_message is missing')
  }
  if (bindingMessage.test(presented)) return presented
  throw invalidBindingMessage(
    'oidc/backchannel/binding-message',
    'binding_message must be 1 to 64 printable characters',
  )
}

/** A longer wait than ours is cut short, and the answer says so. */
function parseRequestedExpiry(presented: string | undefined): Seconds {
  const { usual, maximal } = backchannelRequestLifetime
  if (presented === undefined) return usual
  if (!/^[1-9]\d{0,8}$/.test(presented)) {
    throw invalidRequest('oidc/backchannel/expiry', 'requested_expiry must be a number of seconds')
  }
  return seconds(Math.min(Number(presented), maximal))
}

/** @spec https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
const bearerToken = /^[A-Za-z0-9._~+/-]{1,1024}=*$/

function parseNotificationToken(
  parameters: Parameters,
  { backchannelAuthentication }: Client,
): string | undefined {
  if (backchannelAuthentication?.deliveryMode !== 'ping') return undefined
  const token = parameters.get('client_notification_token')
  if (token !== undefined && token.length <= 1024 && bearerToken.test(token)) return token
  throw invalidRequest(
    'oidc/backchannel/notification-token',
    'client_notification_token is missing or malformed',
  )
}

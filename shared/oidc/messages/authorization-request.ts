import type { Parameters } from '#shared/kernel/parameters.ts'
import type { Seconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { ResponseTarget } from '#shared/oauth/authorization-response.ts'
import type { Client } from '#shared/oauth/client.ts'
import { type CodeChallenge, parseCodeChallenge } from '#shared/oauth/code-challenge.ts'
import {
  invalidRequest,
  unauthorizedClient,
  unsupportedResponseType,
} from '#shared/oauth/errors.ts'
import { verifyRedirectUri } from '#shared/oauth/redirect-uri.ts'
import {
  canPostTo,
  defaultResponseMode,
  parseResponseMode,
  type ResponseMode,
  responseModes,
} from '#shared/oauth/response-mode.ts'
import { grantableScopes, parseScope } from '#shared/oauth/scope.ts'
import { registrationNotSupported } from '../errors.ts'
import { parseMaxAge } from '../max-age.ts'
import { type Prompt, parsePrompt } from '../prompt.ts'
import type { SentAuthorizationRequest } from './sent-request.ts'

/** A request in which every parameter has been checked against the client. */
export interface AuthorizationRequest {
  readonly scopes: readonly string[]
  readonly challenge?: CodeChallenge
  readonly nonce?: string
  readonly prompt: ReadonlySet<Prompt>
  readonly maxAge?: Seconds
  readonly loginHint?: string
  readonly idTokenHint?: string
  readonly uiLocales?: string
}

/** A nonce travels in the sealed code, whose size is bounded. */
const maximalNonceLength = 512

/** Hints travel in the URLs of our pages; no user name and no choice of languages is longer. */
const maximalHintLength = { login_hint: 320, ui_locales: 255 } as const

/**
 * Finds where the answer goes; until that is known, a refusal must not be redirected.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 * @throws ProtocolError `invalid_request`, never redirected
 */
export function parseResponseTarget(
  sent: SentAuthorizationRequest,
  client: Client,
  issuer: string,
): ResponseTarget {
  if (sent.repeated.includes('redirect_uri')) {
    throw invalidRequest('oauth/authorize/repeated-redirect-uri', 'redirect_uri is repeated')
  }
  const { parameters } = sent
  const redirectUri = verifyRedirectUri(client, parameters.get('redirect_uri'))
  return {
    redirectUri,
    responseMode: usableResponseMode(parameters, redirectUri),
    state: parameters.get('state'),
    issuer,
  }
}

/** A mode that cannot be used is refused later on, and that refusal has to be returned somehow. */
function usableResponseMode(parameters: Parameters, redirectUri: string): ResponseMode {
  const presented = responseModes.find((mode) => mode === parameters.get('response_mode'))
  const isUsable = presented !== 'form_post' || canPostTo(redirectUri)
  return presented !== undefined && isUsable
    ? presented
    : defaultResponseMode(parameters.get('response_type'))
}

/**
 * Checks every parameter of an authorization request; parameters it does not know are ignored.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1
 * @throws ProtocolError with the code that section 4.1.2.1 gives each refusal
 */
export function parseAuthorizationRequest(
  sent: SentAuthorizationRequest,
  client: Client,
  target: ResponseTarget,
): AuthorizationRequest {
  const { parameters } = sent
  refuseRepeated(sent.repeated)
  refuseUnsupported(parameters)
  verifyResponseType(parameters, client)
  const mode = parameters.get('response_mode')
  if (mode !== undefined) parseResponseMode(mode, target.redirectUri)
  return {
    scopes: grantableScopes(parseScope(parameters.get('scope')), client.scopes),
    prompt: parsePrompt(parameters.get('prompt')),
    ...withoutAbsent({
      challenge: parseCodeChallenge(parameters, client),
      nonce: parseNonce(parameters.get('nonce')),
      maxAge: parseMaxAge(parameters.get('max_age')) ?? client.defaultMaxAge,
      loginHint: hintOf(parameters, 'login_hint'),
      idTokenHint: parameters.get('id_token_hint'),
      uiLocales: hintOf(parameters, 'ui_locales'),
    }),
  }
}

function refuseRepeated(repeated: readonly string[]): void {
  if (repeated.length > 0) {
    throw invalidRequest('oauth/authorize/repeated-parameter', 'a parameter is repeated')
  }
}

/** Silently ignoring it would drop what the client relies on. */
function refuseUnsupported(parameters: Parameters): void {
  if (parameters.has('registration')) {
    throw registrationNotSupported('oidc/authorize/registration', 'registration is not supported')
  }
}

function verifyResponseType(parameters: Parameters, client: Client): void {
  const responseType = parameters.get('response_type')
  if (responseType === undefined) {
    throw invalidRequest('oauth/authorize/response-type-missing', 'response_type is missing')
  }
  if (responseType !== 'code') {
    throw unsupportedResponseType('oauth/authorize/response-type', 'response_type must be code')
  }
  if (!client.grantTypes.includes('authorization_code')) {
    throw unauthorizedClient('oauth/authorize/grant', 'the client may not use this grant')
  }
}

function parseNonce(presented: string | undefined): string | undefined {
  if (presented !== undefined && presented.length > maximalNonceLength) {
    throw invalidRequest('oidc/nonce/length', 'nonce is longer than 512 characters')
  }
  return presented
}

/** A hint is a wish: one that is too long is passed over, never refused. */
function hintOf(parameters: Parameters, name: keyof typeof maximalHintLength): string | undefined {
  const presented = parameters.get(name)
  return presented !== undefined && presented.length <= maximalHintLength[name]
    ? presented
    : undefined
}

import type { Parameters } from '#shared/kernel/parameters.ts'
import type { Seconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type {
  AuthorizationDetail,
  RequestedClaims,
} from '#shared/oauth/authorization/authorization.ts'
import { parseAuthorizationDetails } from '#shared/oauth/authorization/authorization-details.ts'
import type { ResponseTarget } from '#shared/oauth/authorization/authorization-response.ts'
import {
  type CodeChallenge,
  parseCodeChallenge,
} from '#shared/oauth/authorization/code-challenge.ts'
import { parseResources } from '#shared/oauth/authorization/resource-indicator.ts'
import { parseResponseMode, verifyResponseMode } from '#shared/oauth/authorization/response-mode.ts'
import { answersWith, parseResponseType } from '#shared/oauth/authorization/response-type.ts'
import { grantableScopes, parseScope } from '#shared/oauth/authorization/scope.ts'
import type { Client, ResponseType } from '#shared/oauth/client/client.ts'
import { verifyRedirectUri } from '#shared/oauth/client/redirect-uri.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { parseAcrValues, type RequestedAcr } from '../acr.ts'
import { parseClaimsParameter } from '../claims-parameter.ts'
import { registrationNotSupported } from '../errors.ts'
import { parseMaxAge } from '../max-age.ts'
import { parseNonce, verifyNonce } from '../nonce.ts'
import { type Prompt, parsePrompt } from '../prompt.ts'
import type { SentAuthorizationRequest } from './sent-request.ts'

/** A request in which every parameter has been checked against the client. */
export interface AuthorizationRequest {
  readonly responseType: ResponseType
  readonly scopes: readonly string[]
  readonly challenge?: CodeChallenge
  readonly nonce?: string
  readonly prompt: ReadonlySet<Prompt>
  readonly maxAge?: Seconds
  readonly loginHint?: string
  readonly idTokenHint?: string
  readonly uiLocales?: string
  readonly acr?: RequestedAcr
  /** The one user that will do, as the client knows them. */
  readonly subject?: string
  /** Claims of the person that are asked for by name. */
  readonly claims?: RequestedClaims
  readonly resources: readonly string[]
  readonly authorizationDetails?: readonly AuthorizationDetail[]
  /** Thumbprint of the DPoP key that the code will be bound to. */
  readonly dpopJkt?: string
}

/** Hints travel in the URLs of our pages; no user name and no choice of languages is longer. */
const maximalHintLength = { login_hint: 320, ui_locales: 255 } as const

/**
 * Finds where the answer goes and how; until that is known, a refusal must not be redirected.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthError
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
    responseMode: parseResponseMode(parameters.get('response_mode'), {
      redirectUri,
      responseType: parameters.get('response_type'),
    }),
    state: parameters.get('state'),
    issuer,
  }
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
  asking: { readonly tenant: Tenant; readonly client: Client },
  target: ResponseTarget,
): AuthorizationRequest {
  const { parameters } = sent
  const { client } = asking
  refuseRepeated(sent.repeated)
  refuseUnsupported(parameters)
  const responseType = parseResponse(parameters, asking, target)
  const details = parseAuthorizationDetails(parameters.get('authorization_details'), asking)
  const hasDetails = details !== undefined
  const scopes = requestedScopes(parameters, client, { responseType, hasDetails })
  const nonce = parseNonce(parameters.get('nonce'))
  verifyNonce({ responseType, scopes, nonce, state: target.state }, asking.tenant)
  return {
    responseType,
    scopes,
    prompt: parsePrompt(parameters.get('prompt')),
    resources: parseResources(sent.resources),
    ...parseIdentityRequest(parameters, client),
    ...withoutAbsent({
      authorizationDetails: details,
      dpopJkt: parseDpopJkt(parameters.get('dpop_jkt')),
      challenge: answersWith(responseType, 'code')
        ? parseCodeChallenge(parameters, asking)
        : undefined,
      nonce,
      maxAge: parseMaxAge(parameters.get('max_age')) ?? client.defaultMaxAge,
      loginHint: hintOf(parameters, 'login_hint'),
      idTokenHint: parameters.get('id_token_hint'),
      uiLocales: hintOf(parameters, 'ui_locales'),
    }),
  }
}

/**
 * @spec https://www.rfc-editor.org/rfc/rfc9396#section-3.1 details may stand for themselves
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess only a code leads to a refresh token
 */
function requestedScopes(
  parameters: Parameters,
  client: Client,
  { responseType, hasDetails }: { responseType: ResponseType; hasDetails: boolean },
): readonly string[] {
  const isOffline = answersWith(responseType, 'code')
  const requested = parseScope(parameters.get('scope')).filter(
    (scope) => scope !== 'offline_access' || isOffline,
  )
  return requested.length === 0 && hasDetails ? [] : grantableScopes(requested, client.scopes)
}

/** Whom the client wants to know, how well, and what about them. */
function parseIdentityRequest(
  parameters: Parameters,
  client: Client,
): Pick<AuthorizationRequest, 'acr' | 'claims' | 'subject'> {
  const asked = parseClaimsParameter(parameters.get('claims'), client)
  const wished = parseAcrValues(parameters.get('acr_values'))
  const values = wished.length > 0 ? wished : (client.defaultAcrValues ?? [])
  return { ...(values.length > 0 && { acr: { values, isEssential: false } }), ...asked }
}

/** @spec https://www.rfc-editor.org/rfc/rfc9449#section-10 */
function parseDpopJkt(presented: string | undefined): string | undefined {
  if (presented === undefined || /^[\w-]{43}$/.test(presented)) return presented
  throw invalidRequest('oauth/authorize/dpop-jkt', 'dpop_jkt is malformed')
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

/** What is answered, and how: both must be what the client and the profile allow. */
function parseResponse(
  parameters: Parameters,
  { tenant, client }: { readonly tenant: Tenant; readonly client: Client },
  { responseMode }: ResponseTarget,
): ResponseType {
  const presented = parameters.get('response_type')
  const responseType = parseResponseType(presented, client, tenant)
  verifyResponseMode(responseMode, { responseType: presented, client, tenant })
  return responseType
}

/** A hint is a wish: one that is too long is passed over, never refused. */
function hintOf(parameters: Parameters, name: keyof typeof maximalHintLength): string | undefined {
  const presented = parameters.get(name)
  return presented !== undefined && presented.length <= maximalHintLength[name]
    ? presented
    : undefined
}

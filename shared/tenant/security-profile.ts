import { type SigningAlgorithm, signingAlgorithms } from '#shared/jose/algorithms.ts'
import type { SecurityProfile, Tenant } from './tenant.ts'

/** What a profile asks of clients, requests and tokens; the rules of the protocols read it here. */
export interface ProfileRules {
  /** Requests must be pushed. */
  readonly requiresPushedRequests: boolean
  /** Requests must come in a signed request object. */
  readonly requiresSignedRequests: boolean
  /** A request object says when it begins and ends, within an hour. */
  readonly requiresBriefRequestObjects: boolean
  /** Request objects may be fetched from where a client has registered them. */
  readonly takesRequestsByReference: boolean
  /** Clients prove themselves by a key, never by a shared secret or by nothing. */
  readonly requiresKeyAuthentication: boolean
  /** Every access token is bound to a key of its client. */
  readonly requiresSenderConstraint: boolean
  /** PKCE with `S256` whatever the client is. */
  readonly requiresProofKey: boolean
  /** The same of requests that are pushed. */
  readonly requiresProofKeyWhenPushed: boolean
  /** A request for an ID token has a `nonce`, any other one a `state`. */
  readonly requiresOneTimeValues: boolean
  /** A refresh hands out the same refresh token again: it is bound to the client's key already. */
  readonly keepsRefreshToken: boolean
  /** The audience of a client assertion is the issuer alone, as one string. */
  readonly requiresIssuerAudience: boolean
  /** The signatures that are made and accepted; no other one is. */
  readonly algorithms: readonly SigningAlgorithm[]
  /** What the authorization endpoint may hand out besides a code, or instead of one. */
  readonly besideCode: 'everything' | 'id-token' | 'nothing'
  /** Answers that carry no signature of ours must not be put into a URL. */
  readonly requiresSignedResponses: boolean
  /** A protected resource says by which id it logs a visit. */
  readonly namesInteractions: boolean
}

const baseline: ProfileRules = {
  requiresPushedRequests: false,
  requiresSignedRequests: false,
  requiresBriefRequestObjects: false,
  takesRequestsByReference: true,
  requiresKeyAuthentication: false,
  requiresSenderConstraint: false,
  requiresProofKey: false,
  requiresProofKeyWhenPushed: false,
  requiresOneTimeValues: false,
  keepsRefreshToken: false,
  requiresIssuerAudience: false,
  algorithms: signingAlgorithms,
  besideCode: 'everything',
  requiresSignedResponses: false,
  namesInteractions: false,
}

/**
 * The profiles, as data.
 *
 * @spec https://openid.net/specs/fapi-security-profile-2_0-final.html#section-5.3.2.1
 * @spec https://openid.net/specs/fapi-security-profile-2_0-final.html#section-5.3.2.2
 * @spec https://openid.net/specs/fapi-security-profile-2_0-final.html#section-5.4.1
 * @spec https://openid.net/specs/openid-financial-api-part-2-1_0-final.html#authorization-server
 * @spec https://openid.net/specs/openid-financial-api-part-2-1_0-final.html#algorithm-considerations
 */
const profiles: Readonly<Record<SecurityProfile, ProfileRules>> = {
  baseline,
  fapi2: {
    ...baseline,
    requiresPushedRequests: true,
    requiresBriefRequestObjects: true,
    takesRequestsByReference: false,
    requiresKeyAuthentication: true,
    requiresSenderConstraint: true,
    requiresProofKey: true,
    requiresProofKeyWhenPushed: true,
    keepsRefreshToken: true,
    requiresIssuerAudience: true,
    algorithms: ['PS256', 'ES256', 'EdDSA'],
    besideCode: 'nothing',
  },
  'fapi1-advanced': {
    ...baseline,
    requiresSignedRequests: true,
    requiresBriefRequestObjects: true,
    takesRequestsByReference: false,
    requiresKeyAuthentication: true,
    requiresSenderConstraint: true,
    requiresProofKeyWhenPushed: true,
    requiresOneTimeValues: true,
    keepsRefreshToken: true,
    algorithms: ['PS256', 'ES256'],
    besideCode: 'id-token',
    requiresSignedResponses: true,
    namesInteractions: true,
  },
}

/** What the tenant's profile asks. */
export const profileOf = ({ settings }: Pick<Tenant, 'settings'>): ProfileRules =>
  profiles[settings.profile ?? 'baseline']

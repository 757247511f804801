import type {
  ContentEncryptionAlgorithm,
  KeyManagementAlgorithm,
  SigningAlgorithm,
} from '#shared/jose/algorithms.ts'
import type { Brand } from '#shared/kernel/brand.ts'
import type { ClientId, TenantId } from '#shared/kernel/ids.ts'
import type { EpochSeconds, Seconds } from '#shared/kernel/time.ts'
import type { RegistrationPolicy } from '#shared/tenant/self-registration.ts'
import type { AccessTokenFormat } from '../token/resource-server.ts'
import type { TokenEndpointAuthMethod } from './token-endpoint-auth-method.ts'

/** The grants of the token endpoint. */
export type GrantType =
  | 'authorization_code'
  | 'refresh_token'
  | 'client_credentials'
  | 'urn:ietf:params:oauth:grant-type:device_code'
  | 'urn:openid:params:grant-type:ciba'
  | 'urn:ietf:params:oauth:grant-type:jwt-bearer'
  | 'urn:ietf:params:oauth:grant-type:token-exchange'

/** What a client may be registered for; `implicit` is a legacy switch and never reaches the token endpoint. */
export type RegisteredGrantType = GrantType | 'implicit'

/** Parts of a `response_type`, in the order in which they are written: `code id_token token`. */
export type ResponseType =
  | 'code'
  | 'token'
  | 'id_token'
  | 'id_token token'
  | 'code id_token'
  | 'code token'
  | 'code id_token token'

/** How what a client is sent is signed and, with an `encryptionAlg`, encrypted to its key. */
export interface ResponseProtection {
  readonly signingAlg?: SigningAlgorithm
  readonly encryptionAlg?: KeyManagementAlgorithm
  readonly encryptionEnc?: ContentEncryptionAlgorithm
}

/** @spec https://www.rfc-editor.org/rfc/rfc9101#section-10.5 */
export interface RequestObjectPolicy {
  /** Only signed request objects are accepted. */
  readonly isRequired?: boolean
  readonly signingAlg?: string
  /** A legacy switch: the client may pass request objects by reference, from these addresses only. */
  readonly uris?: readonly string[]
}

/** What the certificate of the client must say; exactly one of these is registered. */
export interface CertificateSubject {
  readonly subjectDn?: string
  readonly sanDns?: string
  readonly sanUri?: string
  readonly sanIp?: string
  readonly sanEmail?: string
}

/** Where a client hears that a session of its user is over. */
export interface LogoutNotices {
  readonly backchannelUri?: string
  /** Asks for nothing: every logout token names the session. */
  readonly backchannelSessionRequired?: boolean
  readonly frontchannelUri?: string
  readonly frontchannelSessionRequired?: boolean
}

/** @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#registration */
export interface BackchannelAuthentication {
  readonly deliveryMode: 'poll' | 'ping'
  readonly notificationEndpoint?: string
  readonly requestSigningAlg?: string
}

/** What a client may do with the tokens that it brings to be exchanged. */
export interface TokenExchangePolicy {
  /** Resource servers that its tokens may be for, besides those that the token brought is for. */
  readonly audiences?: readonly string[]
  /** Its tokens do not say that it acts for somebody else. */
  readonly mayImpersonate?: boolean
}

/** How a client came to be registered other than by the configuration of its tenant. */
export interface DynamicRegistration {
  /** SHA-256 of the registration access token, base64url. */
  readonly tokenHash: string
  readonly issuedAt: EpochSeconds
  /** The JWT that vouches for some of its metadata, as it was sent. */
  readonly softwareStatement?: string
  /** What the initial access token allowed instead of what the tenant does; it bounds every change. */
  readonly policy?: RegistrationPolicy
}

/** SHA-256 of a client secret, base64url. */
export type SecretHash = Brand<string, 'SecretHash'>

/** A public key as a JWK (RFC 7517); never holds a private member. */
export type PublicJwk = Readonly<Record<string, unknown>> & { readonly kty: string }

/**
 * A registered client.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-2
 */
export interface Client {
  readonly tenant: TenantId
  readonly id: ClientId
  readonly name: string
  readonly applicationType: 'web' | 'native'
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  readonly grantTypes: readonly RegisteredGrantType[]
  readonly tokenEndpointAuthMethod: TokenEndpointAuthMethod
  readonly secretHashes: readonly SecretHash[]
  readonly keys: readonly PublicJwk[]
  /** The scopes the client may ask for. */
  readonly scopes: readonly string[]
  /** True for a first-party client whose users are not asked for consent. */
  readonly skipConsent: boolean
  readonly defaultMaxAge?: Seconds
  /** Absent: `code` for a client that may use `authorization_code`. */
  readonly responseTypes?: readonly ResponseType[]
  /** What `response_mode` may say; absent: whatever the tenant takes. */
  readonly responseModes?: readonly string[]
  /** Where the client publishes its keys, instead of `keys`. */
  readonly jwksUri?: string
  readonly tokenEndpointAuthSigningAlg?: string
  readonly certificate?: CertificateSubject
  /** Requests must be pushed (RFC 9126). */
  readonly requirePushedRequests?: boolean
  readonly requestObject?: RequestObjectPolicy
  /** Access tokens must be bound to a DPoP key. */
  readonly dpopBoundAccessTokens?: boolean
  /** Access tokens are bound to the certificate of the client. */
  readonly certificateBoundAccessTokens?: boolean
  /** `opaque` tokens say nothing to anybody but the introspection endpoint. Absent: `jwt`. */
  readonly accessTokenFormat?: AccessTokenFormat
  readonly accessTokenSigningAlg?: string
  readonly idToken?: ResponseProtection
  readonly userInfo?: ResponseProtection
  readonly introspection?: ResponseProtection
  readonly authorizationResponse?: ResponseProtection
  /** Absent: `public`. */
  readonly subjectType?: 'pairwise' | 'public'
  readonly sectorIdentifierUri?: string
  readonly defaultAcrValues?: readonly string[]
  readonly authorizationDetailsTypes?: readonly string[]
  /** Seconds in which a refresh token whose answer was lost may be presented again. Absent: 0. */
  readonly refreshTokenGrace?: Seconds
  readonly logout?: LogoutNotices
  readonly initiateLoginUri?: string
  readonly backchannelAuthentication?: BackchannelAuthentication
  readonly tokenExchange?: TokenExchangePolicy
  /** Resource servers that its tokens may be for without that a person is asked, whatever its scopes. */
  readonly resources?: readonly string[]
  readonly dynamicRegistration?: DynamicRegistration
  /** Said of the client for its people to read; nothing follows from these three, nor from `logoUri`. */
  readonly softwareId?: string
  readonly softwareVersion?: string
  readonly contacts?: readonly string[]
  readonly clientUri?: string
  readonly logoUri?: string
  readonly policyUri?: string
  readonly tosUri?: string
  /** What was issued to the client before this moment is refused. */
  readonly validAfter: EpochSeconds
}

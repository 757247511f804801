import type { RegisteredGrantType, ResponseType } from '../client/client.ts'
import type { ResponseProtectionMetadata } from '../client/response-protection.ts'
import type { TokenEndpointAuthMethod } from '../client/token-endpoint-auth-method.ts'
import type { ApplicationType } from './redirect-uri-registration.ts'

export const certificateMembers = [
  'tls_client_auth_subject_dn',
  'tls_client_auth_san_dns',
  'tls_client_auth_san_uri',
  'tls_client_auth_san_ip',
  'tls_client_auth_san_email',
] as const

type CertificateMetadata = { readonly [Name in (typeof certificateMembers)[number]]?: string }

/** The members that other members decide upon. */
export interface DecidingMetadata extends ResponseProtectionMetadata, CertificateMetadata {
  readonly client_secret?: unknown
  readonly jwks?: unknown
  readonly jwks_uri?: unknown
  readonly application_type: ApplicationType
  readonly redirect_uris: readonly string[]
  readonly post_logout_redirect_uris: readonly string[]
  readonly grant_types: readonly RegisteredGrantType[]
  readonly response_types?: readonly ResponseType[]
  readonly token_endpoint_auth_method: TokenEndpointAuthMethod
  readonly require_signed_request_object?: boolean
  readonly request_object_signing_alg?: string
  readonly dpop_bound_access_tokens?: boolean
  readonly tls_client_certificate_bound_access_tokens?: boolean
  readonly subject_type?: string
  readonly sector_identifier_uri?: string
  readonly frontchannel_logout_uri?: string
  readonly backchannel_token_delivery_mode?: string
  readonly backchannel_client_notification_endpoint?: string
  readonly token_exchange?: unknown
}

export interface MetadataProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** What must not be, of members together; the problem is shown at one of them. */
export interface MetadataRule {
  readonly at: keyof DecidingMetadata
  readonly message: string
  readonly isBroken: (metadata: DecidingMetadata) => boolean
}

export const uses = (metadata: DecidingMetadata, grant: RegisteredGrantType): boolean =>
  metadata.grant_types.includes(grant)

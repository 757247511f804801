import type {
  RegisteredGrantType,
  ResponseType,
  TokenEndpointAuthMethod,
} from '../client/client.ts'
import type { ResponseProtectionMetadata } from '../client/response-protection.ts'
import { encryptsAnswers, problemsOfEncryption } from './encryption-metadata.ts'
import {
  type ApplicationType,
  problemOfRedirectUri,
  takesTokensOnTheWeb,
} from './redirect-uri-registration.ts'

const certificateMembers = [
  'tls_client_auth_subject_dn',
  'tls_client_auth_san_dns',
  'tls_client_auth_san_uri',
  'tls_client_auth_san_ip',
  'tls_client_auth_san_email',
] as const

type CertificateMetadata = { readonly [Name in (typeof certificateMembers)[number]]?: string }

/** The members that other members decide upon. */
interface Metadata extends ResponseProtectionMetadata, CertificateMetadata {
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

interface Rule {
  readonly at: keyof Metadata
  readonly message: string
  readonly isBroken: (metadata: Metadata) => boolean
}

const uses = (metadata: Metadata, grant: RegisteredGrantType): boolean =>
  metadata.grant_types.includes(grant)

/** The grants that a person allows. */
const grantsOfPeople: readonly RegisteredGrantType[] = [
  'authorization_code',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:openid:params:grant-type:ciba',
]

const takesSecret = ({ token_endpoint_auth_method: method }: Metadata): boolean =>
  method === 'client_secret_basic' || method === 'client_secret_post'

const showsKey = ({ token_endpoint_auth_method: method }: Metadata): boolean =>
  method === 'private_key_jwt' ||
  method === 'self_signed_tls_client_auth' ||
  method === 'attest_jwt_client_auth'

const publishesKeys = ({ jwks, jwks_uri }: Metadata): boolean =>
  jwks !== undefined || jwks_uri !== undefined

const certificateSubjects = (metadata: Metadata): number =>
  certificateMembers.filter((member) => metadata[member] !== undefined).length

const answers = (metadata: Metadata, part: string): boolean =>
  metadata.response_types?.some((type) => type.split(' ').includes(part)) ?? false

/** Subjects are the same for the hosts of one sector; which one that is must not be guessed. */
const hostsOf = ({ redirect_uris: uris }: Metadata): ReadonlySet<string> =>
  new Set(uris.filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri).host))

const originOf = (uri: string): string | undefined => URL.parse(uri)?.origin

/** @spec https://openid.net/specs/openid-connect-frontchannel-1_0.html#RPLogout */
const isForeign = (uri: string, { redirect_uris: own }: Metadata): boolean =>
  !own.some((each) => originOf(each) === originOf(uri))

/** What RFC 7591 sections 2 and 2.1 and RFC 6749 sections 2.3 and 4.4 say of members together. */
const rules: readonly Rule[] = [
  {
    at: 'client_secret',
    message: 'is missing: token_endpoint_auth_method asks for one ("none" makes a public client)',
    isBroken: (metadata) => takesSecret(metadata) && metadata.client_secret === undefined,
  },
  {
    at: 'client_secret',
    message: 'has no use with this token_endpoint_auth_method',
    isBroken: (metadata) => !takesSecret(metadata) && metadata.client_secret !== undefined,
  },
  {
    at: 'jwks',
    message:
      'is missing: token_endpoint_auth_method needs the public keys of the client or of its attester, here or at jwks_uri',
    isBroken: (metadata) => showsKey(metadata) && !publishesKeys(metadata),
  },
  {
    at: 'jwks_uri',
    message: 'must not stand beside jwks',
    isBroken: (metadata) => metadata.jwks !== undefined && metadata.jwks_uri !== undefined,
  },
  {
    at: 'jwks',
    message: 'is missing: answers are encrypted to a public key of the client',
    isBroken: (metadata) => encryptsAnswers(metadata) && !publishesKeys(metadata),
  },
  {
    at: 'jwks',
    message: 'is missing: request objects are verified with a public key of the client',
    isBroken: (metadata) =>
      (metadata.require_signed_request_object === true ||
        metadata.request_object_signing_alg !== undefined) &&
      !publishesKeys(metadata),
  },
  {
    at: 'tls_client_auth_subject_dn',
    message: 'exactly one tls_client_auth_* member must be given with tls_client_auth',
    isBroken: (metadata) =>
      metadata.token_endpoint_auth_method === 'tls_client_auth' &&
      certificateSubjects(metadata) !== 1,
  },
  {
    at: 'tls_client_auth_subject_dn',
    message: 'tls_client_auth_* has no use with this token_endpoint_auth_method',
    isBroken: (metadata) =>
      metadata.token_endpoint_auth_method !== 'tls_client_auth' &&
      certificateSubjects(metadata) !== 0,
  },
  {
    at: 'sector_identifier_uri',
    message: 'is missing: pairwise subjects of redirect_uris with several hosts need one',
    isBroken: (metadata) =>
      metadata.subject_type === 'pairwise' &&
      metadata.sector_identifier_uri === undefined &&
      hostsOf(metadata).size !== 1,
  },
  {
    at: 'frontchannel_logout_uri',
    message: 'must have the scheme, host and port of one of the redirect_uris',
    isBroken: (metadata) =>
      metadata.frontchannel_logout_uri !== undefined &&
      isForeign(metadata.frontchannel_logout_uri, metadata),
  },
  {
    at: 'backchannel_client_notification_endpoint',
    message: 'is missing: the delivery mode ping needs one',
    isBroken: (metadata) =>
      metadata.backchannel_token_delivery_mode === 'ping' &&
      metadata.backchannel_client_notification_endpoint === undefined,
  },
  {
    at: 'token_endpoint_auth_method',
    message: 'must not be "none" with the grant type client_credentials',
    isBroken: (metadata) =>
      metadata.token_endpoint_auth_method === 'none' && uses(metadata, 'client_credentials'),
  },
  {
    at: 'grant_types',
    message: 'refresh_token needs a grant of people beside it, such as authorization_code',
    isBroken: (metadata) =>
      uses(metadata, 'refresh_token') && !grantsOfPeople.some((grant) => uses(metadata, grant)),
  },
  {
    at: 'backchannel_token_delivery_mode',
    message: 'is missing: the grant type of backchannel authentication needs one',
    isBroken: (metadata) =>
      uses(metadata, 'urn:openid:params:grant-type:ciba') &&
      metadata.backchannel_token_delivery_mode === undefined,
  },
  {
    at: 'token_endpoint_auth_method',
    message: 'must not be "none" with the grant type of backchannel authentication',
    isBroken: (metadata) =>
      metadata.token_endpoint_auth_method === 'none' &&
      uses(metadata, 'urn:openid:params:grant-type:ciba'),
  },
  {
    at: 'token_endpoint_auth_method',
    message: 'must not be "none" with the grant types of assertions and token exchange',
    isBroken: (metadata) =>
      metadata.token_endpoint_auth_method === 'none' &&
      (uses(metadata, 'urn:ietf:params:oauth:grant-type:jwt-bearer') ||
        uses(metadata, 'urn:ietf:params:oauth:grant-type:token-exchange')),
  },
  {
    at: 'token_exchange',
    message: 'has no use without the grant type of token exchange',
    isBroken: (metadata) =>
      metadata.token_exchange !== undefined &&
      !uses(metadata, 'urn:ietf:params:oauth:grant-type:token-exchange'),
  },
  {
    at: 'response_types',
    message: 'must hold "code" with the grant type authorization_code',
    isBroken: (metadata) =>
      metadata.response_types?.length === 0 && uses(metadata, 'authorization_code'),
  },
  {
    at: 'response_types',
    message: '"code" needs the grant type authorization_code',
    isBroken: (metadata) => answers(metadata, 'code') && !uses(metadata, 'authorization_code'),
  },
  {
    at: 'response_types',
    message: '"token" and "id_token" need the grant type implicit',
    isBroken: (metadata) =>
      (answers(metadata, 'token') || answers(metadata, 'id_token')) && !uses(metadata, 'implicit'),
  },
  {
    at: 'response_types',
    message: '"token" has no use where access tokens are bound to a key of the client',
    isBroken: (metadata) =>
      answers(metadata, 'token') &&
      (metadata.dpop_bound_access_tokens === true ||
        metadata.tls_client_certificate_bound_access_tokens === true),
  },
  {
    at: 'redirect_uris',
    message: 'must hold at least one URI with the grant types authorization_code and implicit',
    isBroken: (metadata) =>
      metadata.redirect_uris.length === 0 &&
      (uses(metadata, 'authorization_code') || uses(metadata, 'implicit')),
  },
  {
    at: 'redirect_uris',
    message: 'must be https, and not on localhost, for a web client with the grant type implicit',
    isBroken: (metadata) =>
      metadata.application_type === 'web' &&
      uses(metadata, 'implicit') &&
      !metadata.redirect_uris.every(takesTokensOnTheWeb),
  },
]

const uriLists = ['redirect_uris', 'post_logout_redirect_uris'] as const

const setLists = [...uriLists, 'grant_types', 'response_types'] as const

const problemsOfUris = (metadata: Metadata): MetadataProblem[] =>
  uriLists.flatMap((list) =>
    metadata[list].flatMap((uri, at) => {
      const message = problemOfRedirectUri(uri, metadata.application_type)
      return message === undefined ? [] : [{ path: [list, at], message }]
    }),
  )

const repetitions = (metadata: Metadata): MetadataProblem[] =>
  setLists.flatMap((list) => {
    const values: readonly string[] = metadata[list] ?? []
    return values.flatMap((value, at) =>
      values.indexOf(value) < at ? [{ path: [list, at], message: 'is listed twice' }] : [],
    )
  })

/**
 * Lists what is wrong between the members of a client's registration metadata.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-2.1 grant types and response types agree
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.4 client_credentials is for confidential clients only
 */
export const problemsOfClientMetadata = (metadata: Metadata): readonly MetadataProblem[] => [
  ...rules
    .filter(({ isBroken }) => isBroken(metadata))
    .map(({ at, message }) => ({ path: [at], message })),
  ...problemsOfEncryption(metadata),
  ...problemsOfUris(metadata),
  ...repetitions(metadata),
]

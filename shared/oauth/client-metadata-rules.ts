import type { GrantType, TokenEndpointAuthMethod } from './client.ts'
import { type ApplicationType, problemOfRedirectUri } from './redirect-uri-registration.ts'

/** The members that other members decide upon. */
interface Metadata {
  readonly client_secret?: unknown
  readonly jwks?: unknown
  readonly application_type: ApplicationType
  readonly redirect_uris: readonly string[]
  readonly post_logout_redirect_uris: readonly string[]
  readonly grant_types: readonly GrantType[]
  readonly response_types?: readonly string[]
  readonly token_endpoint_auth_method: TokenEndpointAuthMethod
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

const uses = (metadata: Metadata, grant: GrantType): boolean => metadata.grant_types.includes(grant)

const takesSecret = ({ token_endpoint_auth_method: method }: Metadata): boolean =>
  method === 'client_secret_basic' || method === 'client_secret_post'

const signsAssertions = (metadata: Metadata): boolean =>
  metadata.token_endpoint_auth_method === 'private_key_jwt'

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
    message: 'is missing: private_key_jwt needs the public keys of the client',
    isBroken: (metadata) => signsAssertions(metadata) && metadata.jwks === undefined,
  },
  {
    at: 'jwks',
    message: 'has no use with this token_endpoint_auth_method',
    isBroken: (metadata) => !signsAssertions(metadata) && metadata.jwks !== undefined,
  },
  {
    at: 'token_endpoint_auth_method',
    message: 'must not be "none" with the grant type client_credentials',
    isBroken: (metadata) =>
      metadata.token_endpoint_auth_method === 'none' && uses(metadata, 'client_credentials'),
  },
  {
    at: 'grant_types',
    message: 'refresh_token needs authorization_code beside it',
    isBroken: (metadata) =>
      uses(metadata, 'refresh_token') && !uses(metadata, 'authorization_code'),
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
    isBroken: (metadata) =>
      metadata.response_types?.includes('code') === true && !uses(metadata, 'authorization_code'),
  },
  {
    at: 'redirect_uris',
    message: 'must hold at least one URI with the grant type authorization_code',
    isBroken: (metadata) =>
      metadata.redirect_uris.length === 0 && uses(metadata, 'authorization_code'),
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
  ...problemsOfUris(metadata),
  ...repetitions(metadata),
]

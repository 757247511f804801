import { grants, grantsOfPeople } from '../grants/table.ts'
import { type DecidingMetadata, type MetadataRule, uses } from './metadata-rule.ts'

const answers = (metadata: DecidingMetadata, part: string): boolean =>
  metadata.response_types?.some((type) => type.split(' ').includes(part)) ?? false

/**
 * Grant types, response types and the way of authenticating agree.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-2.1
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.4 client_credentials is for confidential clients only
 */
export const grantRules: readonly MetadataRule[] = [
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
]

/**
 * What an operator declares names one client for every copy of an app, and so one secret.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8252#section-8.5
 */
export const sharedSecretRule: MetadataRule = {
  at: 'grant_types',
  message:
    'must hold no grant that needs a confidential client: every copy of a native app has its client_secret',
  isBroken: (metadata) =>
    metadata.application_type === 'native' &&
    metadata.client_secret !== undefined &&
    metadata.grant_types.some(
      (grant) => grant !== 'implicit' && !grants[grant].allowsPublicClients,
    ),
}

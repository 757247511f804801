import { encryptsAnswers } from './encryption-metadata.ts'
import { certificateMembers, type DecidingMetadata, type MetadataRule } from './metadata-rule.ts'

const takesSecret = ({ token_endpoint_auth_method: method }: DecidingMetadata): boolean =>
  method === 'client_secret_basic' || method === 'client_secret_post'

const showsKey = ({ token_endpoint_auth_method: method }: DecidingMetadata): boolean =>
  method === 'private_key_jwt' ||
  method === 'self_signed_tls_client_auth' ||
  method === 'attest_jwt_client_auth'

const publishesKeys = ({ jwks, jwks_uri }: DecidingMetadata): boolean =>
  jwks !== undefined || jwks_uri !== undefined

const certificateSubjects = (metadata: DecidingMetadata): number =>
  certificateMembers.filter((member) => metadata[member] !== undefined).length

/**
 * What a client shows of its credentials agrees with how it authenticates and what it wants encrypted.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-2
 */
export const credentialRules: readonly MetadataRule[] = [
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
]

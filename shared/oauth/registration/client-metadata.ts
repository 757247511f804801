import { z } from 'zod'
import { signingAlgorithms } from '#shared/jose/algorithms.ts'
import type { ClientId } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { parseDistinguishedName } from '../authentication/distinguished-name.ts'
import { canonicalIpAddress } from '../authentication/ip-address.ts'
import { responseModes } from '../authorization/response-mode.ts'
import { responseTypes } from '../authorization/response-type.ts'
import type { RegisteredGrantType } from '../client/client.ts'
import { clientId, clientIdMaxLength, looksLikeUserId } from '../client/client-id.ts'
import { clientJwks } from '../client/client-jwks.ts'
import { isStrongClientSecret, requiredSecretBits } from '../client/client-secret-strength.ts'
import { responseProtectionMembers } from '../client/response-protection.ts'
import { tokenEndpointAuthMethods } from '../client/token-endpoint-auth-method.ts'
import { grantTypes } from '../grants/table.ts'
import { problemsOfClientMetadata } from './client-metadata-rules.ts'
import { sharedSecretRule } from './grant-rules.ts'
import { problemOfWebUri, uriMaxLength } from './web-uri.ts'

const registeredGrantTypes: readonly RegisteredGrantType[] = [...grantTypes, 'implicit']

export const registeredClientId = z
  .string()
  .min(1)
  .max(clientIdMaxLength)
  .refine((text) => !looksLikeUserId(text), {
    error: 'must not have the form of a user id, 22 characters of base64url',
  })
  .transform((text, report): ClientId => {
    const id = clientId(text)
    if (id !== undefined) return id
    report.addIssue('must hold only visible ASCII characters and spaces')
    return z.NEVER
  })

/** @spec https://www.rfc-editor.org/rfc/rfc6749#appendix-A.2 */
const clientSecret = (mustBeStrong: boolean) =>
  z
    .string()
    .min(1)
    .max(512)
    .regex(/^[\x20-\x7e]*$/, 'must hold only visible ASCII characters and spaces')
    .refine((secret) => !mustBeStrong || isStrongClientSecret(secret), {
      error: `must hold ${requiredSecretBits} random bits, such as 43 random characters of base64url`,
    })
    .transform((secret) => new Secret(secret))

/** @spec https://www.rfc-editor.org/rfc/rfc6749#section-3.3 */
const scope = z
  .string()
  .max(1024)
  .regex(
    /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/,
    'must be scope tokens separated by single spaces',
  )

const uri = z.string().min(1).max(uriMaxLength).meta({ format: 'uri' })

const webUri = uri.superRefine((text, report) => {
  const message = problemOfWebUri(text)
  if (message !== undefined) report.addIssue(message)
})

const signingAlg = z.enum(signingAlgorithms).exactOptional()

const flag = z.boolean().exactOptional()

const name = z.string().min(1).max(1024).exactOptional()

/** @spec https://www.rfc-editor.org/rfc/rfc8705#section-2.1.2 */
const certificateMembers = {
  tls_client_auth_subject_dn: z
    .string()
    .max(1024)
    .refine(
      (text) => parseDistinguishedName(text) !== undefined,
      'must be a name as RFC 4514 writes it',
    )
    .exactOptional(),
  tls_client_auth_san_dns: name,
  tls_client_auth_san_uri: name,
  tls_client_auth_san_ip: z
    .string()
    .refine((text) => canonicalIpAddress(text) !== undefined, 'must be an IP address')
    .exactOptional(),
  tls_client_auth_san_email: name,
}

/** Where the client is told, asked and sent to. */
const noticeMembers = {
  initiate_login_uri: webUri.exactOptional(),
  backchannel_logout_uri: webUri.exactOptional(),
  backchannel_logout_session_required: flag,
  frontchannel_logout_uri: webUri.exactOptional(),
  frontchannel_logout_session_required: flag,
  backchannel_token_delivery_mode: z.enum(['poll', 'ping']).exactOptional(),
  backchannel_client_notification_endpoint: webUri.exactOptional(),
  backchannel_authentication_request_signing_alg: signingAlg,
  backchannel_user_code_parameter: z.literal(false).exactOptional(),
}

/** What requests of the client must be like. */
const requestMembers = {
  require_pushed_authorization_requests: flag,
  require_signed_request_object: flag,
  request_object_signing_alg: signingAlg,
  request_uris: z
    .array(webUri)
    .max(50)
    .exactOptional()
    .describe('A legacy switch: request objects may be passed by reference, from here only.'),
  response_modes: z
    .array(z.enum(responseModes))
    .min(1)
    .exactOptional()
    .describe('The modes that answers may have; jwt alone: every answer is signed.'),
  authorization_details_types: z.array(z.string().min(1).max(128)).max(50).exactOptional(),
  default_acr_values: z.array(z.string().min(1).max(256)).max(10).exactOptional(),
  require_auth_time: flag.describe('Every ID token says auth_time, whatever is registered.'),
}

/** What tokens of the client are like. */
const tokenMembers = {
  subject_type: z.enum(['pairwise', 'public']).exactOptional(),
  sector_identifier_uri: webUri.exactOptional(),
  dpop_bound_access_tokens: flag,
  tls_client_certificate_bound_access_tokens: flag,
  access_token_format: z
    .enum(['jwt', 'opaque'])
    .exactOptional()
    .describe('opaque: only the introspection endpoint can say what the token means.'),
  access_token_signed_response_alg: signingAlg,
  refresh_token_grace_seconds: z
    .int()
    .min(0)
    .max(60)
    .exactOptional()
    .describe('How long a refresh token may be presented again after its answer was lost.'),
  resources: z
    .array(uri)
    .max(50)
    .exactOptional()
    .describe('Resources that its tokens may be for where no person is asked.'),
  token_exchange: z
    .strictObject({
      audiences: z
        .array(uri)
        .max(50)
        .exactOptional()
        .describe(
          'Resources that exchanged tokens may be for, besides those of the token brought.',
        ),
      may_impersonate: flag.describe('True: the tokens do not name the client in act.'),
    })
    .exactOptional(),
}

/** The members of the registration metadata. @param strength as of `clientMetadata` */
export const clientMetadataMembers = (strength: { readonly strictSecrets: boolean }) => ({
  client_id: registeredClientId,
  client_secret: clientSecret(strength.strictSecrets).exactOptional(),
  client_name: z.string().trim().min(1).max(128).exactOptional(),
  application_type: z.enum(['web', 'native']).default('web'),
  redirect_uris: z.array(uri).max(50).default([]),
  post_logout_redirect_uris: z.array(uri).max(50).default([]),
  grant_types: z.array(z.enum(registeredGrantTypes)).default(['authorization_code']),
  response_types: z.array(z.enum(responseTypes)).exactOptional(),
  token_endpoint_auth_method: z.enum(tokenEndpointAuthMethods).default('client_secret_basic'),
  scope: scope.exactOptional(),
  jwks: clientJwks.exactOptional(),
  jwks_uri: webUri.exactOptional(),
  token_endpoint_auth_signing_alg: signingAlg,
  ...certificateMembers,
  ...requestMembers,
  ...tokenMembers,
  ...responseProtectionMembers,
  ...noticeMembers,
  software_id: z.string().min(1).max(256).exactOptional(),
  software_version: z.string().min(1).max(256).exactOptional(),
  contacts: z.array(z.string().min(1).max(256)).max(10).exactOptional(),
  default_max_age: z.int().min(0).max(31_536_000).exactOptional(),
  client_uri: webUri.exactOptional(),
  logo_uri: webUri.exactOptional(),
  policy_uri: webUri.exactOptional(),
  tos_uri: webUri.exactOptional(),
  skip_consent: z
    .boolean()
    .default(false)
    .describe('True for a first-party client whose users are not asked for consent.'),
})

/** Adds what is wrong between the members. */
export function refuseBrokenRules(
  metadata: Parameters<typeof problemsOfClientMetadata>[0],
  report: z.core.$RefinementCtx,
): void {
  for (const { path, message } of problemsOfClientMetadata(metadata)) {
    report.addIssue({ code: 'custom', path: [...path], message })
  }
}

/**
 * The registration metadata of a client that an operator declares, with every rule between its members.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-2
 * @spec https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata
 * @param strength whether a `client_secret` must be able to hold 256 random bits
 */
export const clientMetadata = (strength: { readonly strictSecrets: boolean }) =>
  z
    .strictObject(clientMetadataMembers(strength))
    .superRefine(refuseBrokenRules)
    .superRefine((metadata, report) => {
      const { at, message, isBroken } = sharedSecretRule
      if (isBroken(metadata)) report.addIssue({ code: 'custom', path: [at], message })
    })

export type ClientMetadata = z.output<ReturnType<typeof clientMetadata>>

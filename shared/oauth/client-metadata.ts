import { z } from 'zod'
import type { ClientId } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import type { GrantType, TokenEndpointAuthMethod } from './client.ts'
import { clientId, clientIdMaxLength } from './client-id.ts'
import { clientJwks } from './client-jwks.ts'
import { problemsOfClientMetadata } from './client-metadata-rules.ts'
import { isStrongClientSecret, requiredSecretBits } from './client-secret-strength.ts'
import { problemOfWebUri, uriMaxLength } from './web-uri.ts'

const grantTypes = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
] as const satisfies readonly GrantType[]

const authMethods = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'none',
] as const satisfies readonly TokenEndpointAuthMethod[]

const registeredClientId = z
  .string()
  .min(1)
  .max(clientIdMaxLength)
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

/**
 * The registration metadata of a client, with every rule that holds between its members.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-2
 * @spec https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata
 * @param strength whether a `client_secret` must be able to hold 256 random bits
 */
export const clientMetadata = (strength: { readonly strictSecrets: boolean }) =>
  z
    .strictObject({
      client_id: registeredClientId,
      client_secret: clientSecret(strength.strictSecrets).exactOptional(),
      client_name: z.string().trim().min(1).max(128).exactOptional(),
      application_type: z.enum(['web', 'native']).default('web'),
      redirect_uris: z.array(uri).max(50).default([]),
      post_logout_redirect_uris: z.array(uri).max(50).default([]),
      grant_types: z.array(z.enum(grantTypes)).min(1).default(['authorization_code']),
      response_types: z.array(z.literal('code')).exactOptional(),
      token_endpoint_auth_method: z.enum(authMethods).default('client_secret_basic'),
      scope: scope.exactOptional(),
      jwks: clientJwks.exactOptional(),
      jwks_uri: z
        .never('is not supported yet: give the public keys in jwks')
        .describe('Not supported yet: give the public keys in jwks.')
        .exactOptional(),
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
    .superRefine((metadata, report) => {
      for (const { path, message } of problemsOfClientMetadata(metadata)) {
        report.addIssue({ code: 'custom', path: [...path], message })
      }
    })

export type ClientMetadata = z.output<ReturnType<typeof clientMetadata>>

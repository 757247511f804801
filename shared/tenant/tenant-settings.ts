import { z } from 'zod'
import { signingAlgorithms } from '#shared/jose/algorithms.ts'
import { seconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import { certificateAuthority } from './certificate-authority.ts'
import { longestRefreshTokenLifetime, longestTokenLifetime } from './lifetime-bounds.ts'
import { selfRegistrationSettings, toSelfRegistration } from './self-registration-settings.ts'
import type { Custody, SecurityProfile, TenantSettings } from './tenant.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

interface Bounds {
  readonly min: number
  readonly max: number
  readonly default: number
}

const lifetime = (bounds: Bounds, description: string) =>
  z
    .int()
    .min(bounds.min)
    .max(bounds.max)
    .default(bounds.default)
    .describe(`${description}, in seconds`)

/** A name on the wire: no space, which separates names in `acr_values`. */
const word = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[\x21-\x7e]+$/, 'must hold only visible ASCII characters')

const profiles = [
  'baseline',
  'fapi2',
  'fapi1-advanced',
] as const satisfies readonly SecurityProfile[]

const custodies = ['kms', 'kms-wrapped'] as const satisfies readonly Custody[]

/**
 * The settings of a tenant, their bounds and their defaults.
 *
 * An access token is a JWT that an API accepts until it expires, whatever happened since: an hour is
 * the most. A session of more than 30 days would miss even the lowest assurance level.
 *
 * @spec https://pages.nist.gov/800-63-4/sp800-63b.html#aal1reauth
 */
export const tenantSettings = z.strictObject({
  signingCustody: z
    .enum(custodies)
    .exactOptional()
    .describe(
      'Where the signing key is kept: kms signs inside KMS, kms-wrapped stores the key encrypted by KMS. Without it, the first tenant of a deployment has kms and every other kms-wrapped. A tenant that signs already changes over by a rotation.',
    ),
  signingAlgorithms: z
    .array(z.enum(signingAlgorithms))
    .min(1)
    .refine((algorithms) => new Set(algorithms).size === algorithms.length, {
      error: 'names an algorithm twice',
    })
    .default(['RS256'])
    .describe(
      'What the tenant signs with: a key for each, the default first. A new default is listed behind the present one until its key is active.',
    ),
  profile: z
    .enum(profiles)
    .default('baseline')
    .describe(
      'How strict the tenant is: baseline is what every OpenID Connect client can do, fapi2 the FAPI 2.0 Security Profile with Message Signing, fapi1-advanced its predecessor.',
    ),
  requireProofNonce: z
    .boolean()
    .exactOptional()
    .describe(
      'True: DPoP proofs and proofs of client attestations must carry a nonce of the tenant. Without it, nonces are neither given out nor looked at.',
    ),
  clientCertificateAuthorities: z
    .array(certificateAuthority)
    .min(1)
    .max(20)
    .exactOptional()
    .describe(
      'Certificates, in PEM, of those who issue certificates to clients that authenticate by tls_client_auth. Each is trusted for what it has issued itself: intermediate authorities are listed, roots need not be.',
    ),
  authenticationContexts: z
    .array(z.strictObject({ acr: word, amr: z.array(word).min(1).max(8) }))
    .min(1)
    .max(16)
    .exactOptional()
    .describe(
      'The classes of authentication that clients may ask for by acr_values, the weakest first: each with the methods (amr) that it takes. Without it, there is urn:sallyport:acr:pwd for a password.',
    ),
  authorizationDetailsTypes: z
    .array(
      z.strictObject({
        type: word,
        displayName: z.string().trim().min(1).max(128),
        fields: z.array(word).max(32).default([]),
      }),
    )
    .max(50)
    .exactOptional()
    .describe(
      'The types of authorization_details (RFC 9396) that the APIs of the tenant understand: what the person is told that each is, and the fields that an entry may have besides type.',
    ),
  selfRegistration: selfRegistrationSettings
    .exactOptional()
    .describe(
      'How clients come to the tenant that are not in this document. Without it, they do not.',
    ),
  accessTokenLifetimeSeconds: lifetime(
    { min: minute, max: hour, default: 5 * minute },
    'Lifetime of an access token',
  ),
  idTokenLifetimeSeconds: lifetime(
    { min: minute, max: longestTokenLifetime, default: 5 * minute },
    'Lifetime of an ID token',
  ),
  refreshTokenLifetimeSeconds: lifetime(
    { min: hour, max: longestRefreshTokenLifetime, default: 30 * day },
    'Lifetime of all refresh tokens of one sign-in together, from its first token on',
  ),
  mailSender: z
    .string()
    .max(320)
    .regex(
      /^(?:[^"<>\p{C}]{1,128} <[^\s"<>@]+@[^\s"<>@]+>|[^\s"<>@]+@[^\s"<>@]+)$/u,
      'must be an address, or a name and an address between < and >',
    )
    .exactOptional()
    .describe(
      'Who letters to users are from, such as Acme <no-reply@example.com>, verified in SES. Without it users are told of nothing by mail.',
    ),
  sessionLifetimeSeconds: lifetime(
    { min: 5 * minute, max: 30 * day, default: 12 * hour },
    'Lifetime of a browser session, from the sign-in on',
  ),
})

export type DeclaredSettings = z.output<typeof tenantSettings>

/** The settings as the tenant's record keeps them. */
export const toTenantSettings = (declared: DeclaredSettings, custody: Custody): TenantSettings => ({
  custody,
  signingAlgorithms: declared.signingAlgorithms,
  profile: declared.profile,
  ...withoutAbsent({
    requiresProofNonce: declared.requireProofNonce,
    clientCertificateAuthorities: declared.clientCertificateAuthorities,
    selfRegistration: declared.selfRegistration && toSelfRegistration(declared.selfRegistration),
    authenticationContexts: declared.authenticationContexts,
    authorizationDetailsTypes: declared.authorizationDetailsTypes,
  }),
  accessTokenLifetime: seconds(declared.accessTokenLifetimeSeconds),
  idTokenLifetime: seconds(declared.idTokenLifetimeSeconds),
  refreshTokenLifetime: seconds(declared.refreshTokenLifetimeSeconds),
  sessionLifetime: seconds(declared.sessionLifetimeSeconds),
  ...(declared.mailSender !== undefined && { mailSender: declared.mailSender }),
})

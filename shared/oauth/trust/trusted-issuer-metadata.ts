import { z } from 'zod'
import { signingAlgorithms } from '#shared/jose/algorithms.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import { isScopeToken } from '../authorization/scope.ts'
import { clientJwks } from '../client/client-jwks.ts'
import { registeredClientId } from '../registration/client-metadata.ts'
import { problemOfUri, problemOfWebUri, uriMaxLength } from '../registration/web-uri.ts'
import { awsIssuer } from './aws-identity.ts'
import { type IssuerMapping, problemOfPattern, type TrustedIssuer } from './trusted-issuer.ts'

const uriOf = (problemOf: (text: string) => string | undefined) =>
  z
    .string()
    .min(1)
    .max(uriMaxLength)
    .meta({ format: 'uri' })
    .superRefine((text, report) => {
      const message = problemOf(text)
      if (message !== undefined) report.addIssue(message)
    })

const claimName = z.string().min(1).max(128)

const pattern = z
  .string()
  .min(1)
  .max(512)
  .superRefine((text, report) => {
    const message = problemOfPattern(text)
    if (message !== undefined) report.addIssue(message)
  })

const match = z
  .record(claimName, pattern)
  .refine((patterns) => Object.keys(patterns).length > 0, { error: 'must name a claim' })
  .describe('Claims by name: the exact value, or how it begins, with a * behind a : or /.')

const workload = z.strictObject({
  match,
  client_id: registeredClientId.describe('The client that the workload is.'),
})

const person = z.strictObject({
  match,
  user_name_claim: claimName.describe(
    'The claim that holds the userName; email counts only where email_verified is true.',
  ),
  clients: z
    .array(registeredClientId)
    .min(1)
    .max(50)
    .describe('The clients that may bring the tokens of the issuer.'),
  scopes: z
    .array(z.string().max(128).refine(isScopeToken, { error: 'must be one scope token' }))
    .max(200)
    .default([])
    .describe('What these clients may be given for them.'),
  resources: z
    .array(uriOf(problemOfUri))
    .max(8)
    .exactOptional()
    .describe('What access tokens may be for. Without it, the issuer itself.'),
})

/** How an issuer is declared whose word counts for a tenant. */
export const trustedIssuerMetadata = z
  .strictObject({
    issuer: uriOf(problemOfUri).describe('The iss of its tokens.'),
    type: z
      .enum(['jwt', 'aws'])
      .default('jwt')
      .describe('aws: signed requests for sts:GetCallerIdentity instead of JWTs.'),
    jwks: clientJwks.exactOptional().describe('Its public keys.'),
    jwks_uri: uriOf(problemOfWebUri)
      .exactOptional()
      .describe('Where its keys are. Without jwks and jwks_uri, its metadata say where.'),
    audiences: z
      .array(z.string().min(1).max(512))
      .min(1)
      .max(8)
      .exactOptional()
      .describe('What its tokens call us. Without it, our issuer or our token endpoint.'),
    algorithms: z.array(z.enum(signingAlgorithms)).min(1).exactOptional(),
    mappings: z
      .array(z.union([workload, person]))
      .max(200)
      .describe(
        'Whom its word makes somebody; the first match counts. Empty: it is trusted no more.',
      ),
  })
  .superRefine((metadata, report) => {
    const isNamed = metadata.jwks !== undefined || metadata.jwks_uri !== undefined
    if (metadata.jwks !== undefined && metadata.jwks_uri !== undefined) {
      report.addIssue({ code: 'custom', path: ['jwks_uri'], message: 'must not stand beside jwks' })
    }
    const isPlace = problemOfWebUri(metadata.issuer) === undefined
    if (metadata.type === 'jwt' && !isNamed && !isPlace) {
      const message = 'is missing: the issuer is no place where its metadata could be'
      report.addIssue({ code: 'custom', path: ['jwks_uri'], message })
    }
    if ((metadata.type === 'aws') !== (metadata.issuer === awsIssuer)) {
      const message = `must be ${awsIssuer} with the type aws, and with no other`
      report.addIssue({ code: 'custom', path: ['issuer'], message })
    }
    if (metadata.type !== 'aws') return
    for (const name of ['jwks', 'jwks_uri', 'audiences', 'algorithms'] as const) {
      if (metadata[name] === undefined) continue
      report.addIssue({ code: 'custom', path: [name], message: 'has no use with type aws' })
    }
  })

export type TrustedIssuerMetadata = z.output<typeof trustedIssuerMetadata>

const toMapping = (declared: TrustedIssuerMetadata['mappings'][number]): IssuerMapping =>
  'client_id' in declared
    ? { match: declared.match, client: declared.client_id }
    : {
        match: declared.match,
        userNameClaim: declared.user_name_claim,
        clients: declared.clients,
        scopes: declared.scopes,
        ...withoutAbsent({ resources: declared.resources }),
      }

/** The record of an issuer as it is declared. */
export const toTrustedIssuer = (
  tenant: TenantId,
  metadata: TrustedIssuerMetadata,
): TrustedIssuer => ({
  tenant,
  issuer: metadata.issuer,
  type: metadata.type,
  keys: metadata.jwks?.keys ?? [],
  mappings: metadata.mappings.map(toMapping),
  ...withoutAbsent({
    jwksUri: metadata.jwks_uri,
    audiences: metadata.audiences,
    algorithms: metadata.algorithms,
  }),
})

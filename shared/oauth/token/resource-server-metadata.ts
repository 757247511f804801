import { z } from 'zod'
import { signingAlgorithms } from '#shared/jose/algorithms.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import { seconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import { isScopeToken } from '../authorization/scope.ts'
import { registeredClientId } from '../registration/client-metadata.ts'
import { problemOfUri, uriMaxLength } from '../registration/web-uri.ts'
import type { ResourceServer } from './resource-server.ts'

/** @spec https://www.rfc-editor.org/rfc/rfc8707#section-2 an absolute URI without a fragment */
const identifier = z
  .string()
  .min(1)
  .max(uriMaxLength)
  .meta({ format: 'uri' })
  .superRefine((text, report) => {
    const message = problemOfUri(text)
    if (message !== undefined) report.addIssue(message)
  })

const scopes = z
  .array(z.string().max(128).refine(isScopeToken, { error: 'must be one scope token' }))
  .max(200)
  .refine((listed) => new Set(listed).size === listed.length, { error: 'names a scope twice' })

/** How a resource server is declared: what its access tokens are like, and who may ask about them. */
export const resourceServerMetadata = z.strictObject({
  identifier: identifier.describe(
    'The absolute URI that clients name it by in the resource parameter, and the audience of its tokens.',
  ),
  name: z.string().trim().min(1).max(128).describe('What people read on the pages.'),
  scopes: scopes.default([]).describe('The scopes that tokens for it may hold.'),
  access_token_format: z
    .enum(['jwt', 'opaque'])
    .exactOptional()
    .describe(
      'jwt can be read by the resource server itself, opaque only by introspection. Without it, what the client is registered for.',
    ),
  access_token_signing_alg: z
    .enum(signingAlgorithms)
    .exactOptional()
    .describe('Without it, what the client is registered for.'),
  access_token_lifetime_seconds: z
    .int()
    .min(60)
    .max(60 * 60)
    .exactOptional()
    .describe('Without it, that of the tenant.'),
  introspection_client: registeredClientId
    .exactOptional()
    .describe('The client_id by which the resource server may introspect the tokens it receives.'),
})

export type ResourceServerMetadata = z.output<typeof resourceServerMetadata>

/** The record of a resource server as it is declared. */
export const toResourceServer = (
  tenant: TenantId,
  metadata: ResourceServerMetadata,
): ResourceServer => {
  const { access_token_lifetime_seconds: lifetime } = metadata
  return {
    tenant,
    identifier: metadata.identifier,
    name: metadata.name,
    scopes: metadata.scopes,
    ...withoutAbsent({
      accessTokenFormat: metadata.access_token_format,
      accessTokenSigningAlg: metadata.access_token_signing_alg,
      accessTokenLifetime: lifetime === undefined ? undefined : seconds(lifetime),
      introspectionClient: metadata.introspection_client,
    }),
  }
}

import { z } from 'zod'
import { groupAttributesShape } from '#shared/directory/group-attributes.ts'
import { uniqueName, userAttributesShape } from '#shared/directory/user-attributes.ts'
import { comparableName } from '#shared/directory/user-name.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import { clientMetadata } from '#shared/oauth/registration/client-metadata.ts'
import { declaredInitialAccessToken } from '#shared/oauth/registration/declared-initial-access-token.ts'
import { resourceServerMetadata } from '#shared/oauth/token/resource-server-metadata.ts'
import { trustedIssuerMetadata } from '#shared/oauth/trust/trusted-issuer-metadata.ts'
import { tenantId, tenantIdPattern } from '#shared/tenant/tenant-id.ts'
import { tenantSettings } from '#shared/tenant/tenant-settings.ts'
import { password } from './password.ts'
import { refuseUnservable } from './servable-clients.ts'
import { always, refuseRepeated } from './unique.ts'

const user = z
  .strictObject({
    ...userAttributesShape,
    password: password.exactOptional(),
    emailVerified: z.boolean().default(false),
  })
  .refine(({ emails, emailVerified }) => !emailVerified || emails !== undefined, {
    path: ['emailVerified'],
    error: 'must not be true without emails',
  })

const repeatedUser = refuseRepeated({
  at: ['userName'],
  comparable: comparableName,
  message: (first) => `is the userName of users[${first}] too`,
})

const repeatedMember = refuseRepeated({
  at: [],
  comparable: comparableName,
  message: (first) => `is members[${first}] too`,
})

const group = z.strictObject({
  ...groupAttributesShape,
  members: z
    .array(uniqueName)
    .max(10_000)
    .superRefine(repeatedMember, always)
    .default([])
    .describe('The userNames of the members, in this document or already in the tenant.'),
})

const repeatedGroup = refuseRepeated({
  at: ['displayName'],
  comparable: comparableName,
  message: (first) => `is the displayName of groups[${first}] too`,
})

const repeatedClient = refuseRepeated({
  at: ['client_id'],
  message: (first) => `is the client_id of clients[${first}] too`,
})

const repeatedResource = refuseRepeated({
  at: ['identifier'],
  message: (first) => `is the identifier of resources[${first}] too`,
})

const repeatedIssuer = refuseRepeated({
  at: ['issuer'],
  message: (first) => `is the issuer of trustedIssuers[${first}] too`,
})

const id = z
  .string()
  .regex(tenantIdPattern, 'must be 2 to 40 lower-case letters, digits and single hyphens')
  .transform((text, report): TenantId => {
    const parsed = tenantId(text)
    if (parsed !== undefined) return parsed
    report.addIssue('is a reserved name')
    return z.NEVER
  })

export interface SecretStrength {
  /** True to refuse a `client_secret` that cannot hold 256 random bits. */
  readonly strictSecrets: boolean
}

const tenant = (strength: SecretStrength) =>
  z
    .strictObject({
      id,
      displayName: z.string().trim().min(1).max(128),
      settings: tenantSettings.prefault({}),
      users: z.array(user).superRefine(repeatedUser, always).default([]),
      groups: z.array(group).superRefine(repeatedGroup, always).default([]),
      clients: z.array(clientMetadata(strength)).superRefine(repeatedClient, always).default([]),
      resources: z.array(resourceServerMetadata).superRefine(repeatedResource, always).default([]),
      trustedIssuers: z
        .array(trustedIssuerMetadata)
        .superRefine(repeatedIssuer, always)
        .default([]),
      initialAccessTokens: z
        .array(declaredInitialAccessToken)
        .max(100)
        .default([])
        .describe(
          'What lets applications register themselves where selfRegistration is restricted.',
        ),
    })
    .superRefine(refuseUnservable)

const repeatedTenant = refuseRepeated({
  at: ['id'],
  message: (first) => `is the id of tenants[${first}] too`,
})

/** The configuration document: tenants with their settings, users, groups, clients and resource servers. */
export const configurationDocument = (strength: SecretStrength) =>
  z.strictObject({
    $schema: z.string().exactOptional().describe('For editors; not read.'),
    tenants: z.array(tenant(strength)).superRefine(repeatedTenant, always),
  })

export type Configuration = z.output<ReturnType<typeof configurationDocument>>
export type DeclaredTenant = Configuration['tenants'][number]
export type DeclaredUser = DeclaredTenant['users'][number]
export type DeclaredGroup = DeclaredTenant['groups'][number]

import type { z } from 'zod'
import type { ClientMetadata } from '#shared/oauth/registration/client-metadata.ts'
import { problemsWithTenant } from '#shared/oauth/registration/tenant-client-rules.ts'
import type { ResourceServerMetadata } from '#shared/oauth/token/resource-server-metadata.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import { signingAlgorithmsOf } from '#shared/tenant/signing-algorithm.ts'
import { type DeclaredSettings, toTenantSettings } from '#shared/tenant/tenant-settings.ts'

interface Declared {
  readonly settings: DeclaredSettings
  readonly clients: readonly ClientMetadata[]
  readonly resources: readonly ResourceServerMetadata[]
  readonly initialAccessTokens: readonly unknown[]
}

/** Adds what a tenant declares that its own settings make useless. */
export function refuseUnservable(
  { settings, clients, resources, initialAccessTokens }: Declared,
  report: z.core.$RefinementCtx,
): void {
  const tenant = { settings: toTenantSettings(settings, 'kms-wrapped') }
  const { algorithms } = profileOf(tenant)
  const forbidden = settings.signingAlgorithms.filter((each) => !algorithms.includes(each))
  if (forbidden.length > 0) {
    const message = `must be given without ${forbidden.join(', ')} under the profile ${settings.profile}`
    report.addIssue({ code: 'custom', path: ['settings', 'signingAlgorithms'], message })
  }
  for (const [at, client] of clients.entries()) {
    for (const { path, message } of problemsWithTenant(client, tenant)) {
      report.addIssue({ code: 'custom', path: ['clients', at, ...path], message })
    }
  }
  const ours = signingAlgorithmsOf(tenant)
  for (const [at, { access_token_signing_alg: alg }] of resources.entries()) {
    if (alg === undefined || ours.includes(alg)) continue
    const message = `is ${alg}, which is none of the signingAlgorithms of the tenant`
    const path = ['resources', at, 'access_token_signing_alg']
    report.addIssue({ code: 'custom', path, message })
  }
  if (initialAccessTokens.length > 0 && settings.selfRegistration?.endpoint === undefined) {
    const message = 'have no use without settings.selfRegistration.endpoint'
    report.addIssue({ code: 'custom', path: ['initialAccessTokens'], message })
  }
}

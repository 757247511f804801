import type { z } from 'zod'
import type { ClientMetadata } from '#shared/oauth/registration/client-metadata.ts'
import { problemsWithTenant } from '#shared/oauth/registration/tenant-client-rules.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import { type DeclaredSettings, toTenantSettings } from '#shared/tenant/tenant-settings.ts'

interface Declared {
  readonly settings: DeclaredSettings
  readonly clients: readonly ClientMetadata[]
  readonly initialAccessTokens: readonly unknown[]
}

/** Adds what a tenant declares that its own settings make useless. */
export function refuseUnservable(
  { settings, clients, initialAccessTokens }: Declared,
  report: z.core.$RefinementCtx,
): void {
  const tenant = { settings: toTenantSettings(settings, 'kms-wrapped') }
  if (profileOf(tenant).forbidsPkcs1 && settings.signingAlgorithms.includes('RS256')) {
    const message = `must be given without RS256 under the profile ${settings.profile}`
    report.addIssue({ code: 'custom', path: ['settings', 'signingAlgorithms'], message })
  }
  for (const [at, client] of clients.entries()) {
    for (const { path, message } of problemsWithTenant(client, tenant)) {
      report.addIssue({ code: 'custom', path: ['clients', at, ...path], message })
    }
  }
  if (initialAccessTokens.length > 0 && settings.selfRegistration?.endpoint === undefined) {
    const message = 'have no use without settings.selfRegistration.endpoint'
    report.addIssue({ code: 'custom', path: ['initialAccessTokens'], message })
  }
}

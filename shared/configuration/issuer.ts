import type { TenantId } from '#shared/kernel/ids.ts'

/** The issuer of a tenant: a path below the deployment's one host. @param origin without a trailing slash */
export const issuerOf = (origin: string, tenant: TenantId): string => `${origin}/${tenant}`

/** True for an issuer that only the developer's own machine can reach. */
export const isLoopbackIssuer = (issuer: string): boolean =>
  /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\//.test(issuer)

import type { TenantId } from '#shared/kernel/ids.ts'

/** Lower-case words of letters and digits joined by single hyphens, so that an id may become a DNS label. */
export const tenantIdPattern = /^(?=.{2,40}$)[a-z0-9]+(?:-[a-z0-9]+)*$/

/**
 * Names that no tenant may have.
 *
 * The tenant is the first segment of every path, so a word that the product serves there, now or
 * later, would shadow it; the others are what people take for the operator's own pages.
 */
export const reservedTenantIds: ReadonlySet<string> = new Set([
  'access',
  'account',
  'admin',
  'api',
  'assets',
  'console',
  'docs',
  'favicon',
  'federation',
  'health',
  'help',
  'local',
  'login',
  'logout',
  'metrics',
  'oauth2',
  'public',
  'robots',
  'root',
  'sallyport',
  'saml',
  'scim',
  'security',
  'signin',
  'static',
  'status',
  'support',
  'system',
  'well-known',
  'workers',
  'wsfed',
  'www',
])

const isTenantId = (text: string): text is TenantId =>
  tenantIdPattern.test(text) && !reservedTenantIds.has(text)

/** Answers the tenant id, or `undefined` for any text that can be none. @param text unverified */
export const tenantId = (text: string): TenantId | undefined =>
  isTenantId(text) ? text : undefined

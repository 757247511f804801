import { isHostOf } from '#shared/tenant/self-registration.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/**
 * Tells whether a `client_id` is the address of a document that describes the client.
 *
 * One spelling for each address, that of a browser: what compares different is different.
 *
 * @spec https://www.ietf.org/archive/id/draft-ietf-oauth-client-id-metadata-document-02.html#section-3
 * @param id unverified
 */
export function isClientIdUrl(id: string): boolean {
  if (!id.startsWith('https://') || id.includes('#')) return false
  const url = URL.parse(id)
  return url !== null && url.href === id && url.username === '' && url.password === ''
}

/** Tells whether a tenant makes a client of the document that lies at its `client_id`. */
export const takesDocument = ({ settings }: Tenant, id: string): boolean =>
  isClientIdUrl(id) &&
  (settings.selfRegistration?.documentHosts ?? []).some((pattern) =>
    isHostOf(pattern, new URL(id).hostname),
  )

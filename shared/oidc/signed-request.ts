import type { Client } from '#shared/oauth/client/client.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/**
 * True when requests of the client count only inside a signed object.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9101#section-10.5
 */
export const mustBeSigned = (tenant: Tenant, { requestObject }: Client): boolean =>
  profileOf(tenant).requiresSignedRequests || requestObject?.isRequired === true

import type { Tenant } from '#shared/tenant/tenant.ts'
import { verifyRequestLength } from './request-length.ts'

/**
 * The address at which a posted request is made once more with GET.
 *
 * A POST from another site arrives without the session cookie, which `SameSite=Lax` withholds; the
 * GET that follows brings it along.
 *
 * @param request the posted form, encoded
 * @throws ProtocolError `invalid_request` when no URL can carry it
 */
export function askAgainLocation(
  { issuer }: Pick<Tenant, 'issuer'>,
  endpoint: 'authorize' | 'logout',
  request: string,
): string {
  verifyRequestLength(request)
  return `${issuer}/oauth2/${endpoint}?${request}`
}

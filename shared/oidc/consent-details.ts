import type { AuthorizationDetail } from '#shared/oauth/authorization.ts'
import type { ConsentDetail } from '#shared/signin/interaction.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/**
 * Says `authorization_details` for a person to read.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9396#section-1
 */
export const consentDetails = (
  { settings }: Tenant,
  details: readonly AuthorizationDetail[] | undefined,
): readonly ConsentDetail[] | undefined =>
  details?.map(({ type, ...fields }) => ({
    title:
      settings.authorizationDetailsTypes?.find((known) => known.type === type)?.displayName ?? type,
    lines: Object.entries(fields).map(([field, value]) => [field, readable(value)] as const),
  }))

/** Lists with commas, and what is made of parts with the name before each. */
function readable(value: unknown): string {
  if (Array.isArray(value)) return value.map(readable).join(', ')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${readable(part)}`)
    .join(', ')
}

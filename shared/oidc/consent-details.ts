import type { AuthorizationDetail } from '#shared/oauth/authorization/authorization.ts'
import type { ConsentDetail, DetailLine } from '#shared/signin/interaction.ts'
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
    lines: linesOf(fields),
  }))

/**
 * A text, or a line for each part: written in a row, a text could pass for the part after it.
 *
 * The parts of a list are counted.
 */
function readable(value: unknown): DetailLine[1] {
  if (typeof value !== 'object' || value === null) return String(value)
  if (!Array.isArray(value)) return linesOf(value)
  return value.map((part, at) => [String(at + 1), readable(part)] as const)
}

const linesOf = (parts: object): readonly DetailLine[] =>
  Object.entries(parts).map(([name, part]) => [name, readable(part)] as const)

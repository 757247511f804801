import { isDeepStrictEqual } from 'node:util'
import { isRecord, parseJson } from '#shared/kernel/json.ts'
import { isPlainJson } from '#shared/kernel/plain-json.ts'
import type { AuthorizationDetailsType } from '#shared/tenant/authorization-details-type.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import { invalidAuthorizationDetails } from '../errors.ts'
import type { AuthorizationDetail } from './authorization.ts'

const maximalLength = 4096
const maximalCount = 10

/** The common fields that list what may be done, on what; each has a meaning of its own. */
const commonLists = ['locations', 'actions', 'datatypes', 'privileges'] as const

/**
 * Reads `authorization_details`: an array of objects, each of a type that tenant and client know.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9396#section-2
 * @spec https://www.rfc-editor.org/rfc/rfc9396#section-5 what must be refused
 * @param presented unverified
 * @throws ProtocolError `invalid_authorization_details`
 */
export function parseAuthorizationDetails(
  presented: string | undefined,
  { tenant, client }: { readonly tenant: Tenant; readonly client: Client },
): readonly AuthorizationDetail[] | undefined {
  if (presented === undefined) return undefined
  const entries = parsedArray(presented)
  const types = tenant.settings.authorizationDetailsTypes ?? []
  return entries.map((entry) => {
    const detail = typed(entry)
    const known = types.find(({ type }) => type === detail.type)
    if (known === undefined || !client.authorizationDetailsTypes?.includes(known.type)) {
      throw refused('type', 'authorization_details holds a type that is not registered')
    }
    verifyFields(detail, known)
    return detail
  })
}

function parsedArray(presented: string): readonly unknown[] {
  if (presented.length > maximalLength) throw malformed()
  const parsed = parseJson(presented)
  if (Array.isArray(parsed) && parsed.length > 0 && parsed.length <= maximalCount) return parsed
  throw malformed()
}

function typed(entry: unknown): AuthorizationDetail {
  if (isRecord(entry) && typeof entry['type'] === 'string') return { ...entry, type: entry['type'] }
  throw malformed()
}

/** @spec https://www.rfc-editor.org/rfc/rfc9396#section-2.2 */
function verifyFields(detail: AuthorizationDetail, known: AuthorizationDetailsType): void {
  const isAllowed = (field: string) => field === 'type' || known.fields.includes(field)
  if (!Object.keys(detail).every(isAllowed)) {
    throw refused('field', 'authorization_details holds a field that its type does not have')
  }
  const areListsOfTexts = commonLists.every((field) => isListOfTexts(detail[field] ?? []))
  const isIdentified = typeof (detail['identifier'] ?? '') === 'string'
  if (!areListsOfTexts || !isIdentified || !isPlainJson(detail)) throw malformed()
}

const isListOfTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

/**
 * Narrows what was authorized to what a token request names; naming nothing keeps it all.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9396#section-6
 * @spec https://www.rfc-editor.org/rfc/rfc9396#section-6.1 an entry covers one that lists less
 * @throws ProtocolError `invalid_authorization_details` for what was not authorized
 */
export function narrowAuthorizationDetails(
  requested: readonly AuthorizationDetail[] | undefined,
  authorized: readonly AuthorizationDetail[] | undefined,
): readonly AuthorizationDetail[] | undefined {
  if (requested === undefined) return authorized
  const left = [...(authorized ?? [])]
  for (const detail of requested) {
    const at = left.findIndex((granted) => covers(granted, detail))
    if (at < 0) throw refused('widened', 'authorization_details exceeds what was authorized')
    // Two payments are more than one.
    left.splice(at, 1)
  }
  return requested
}

function covers(granted: AuthorizationDetail, requested: AuthorizationDetail): boolean {
  const fields = new Set([...Object.keys(granted), ...Object.keys(requested)])
  return [...fields].every((field) => {
    const [whole, part] = [granted[field], requested[field]]
    return isCommonList(field) && isListOfTexts(whole) && isListOfTexts(part)
      ? isPart(part, whole)
      : isDeepStrictEqual(whole, part)
  })
}

/** An empty list may mean no limit, which is more than any. */
const isPart = (part: readonly string[], whole: readonly string[]): boolean =>
  part.length > 0 ? part.every((one) => whole.includes(one)) : whole.length === 0

const isCommonList = (field: string): boolean => commonLists.some((list) => list === field)

/**
 * The part of the details that a token for these resources carries: what is located elsewhere stays away.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9396#section-3.2
 */
export function detailsForResources(
  details: readonly AuthorizationDetail[] | undefined,
  resources: readonly string[],
): readonly AuthorizationDetail[] | undefined {
  if (resources.length === 0) return details
  return details?.filter(({ locations }) => {
    if (!isListOfTexts(locations) || locations.length === 0) return true
    return locations.some((location) => resources.includes(location))
  })
}

const malformed = () => refused('shape', 'authorization_details is malformed')

const refused = (rule: string, description: string) =>
  invalidAuthorizationDetails(`oauth/authorization-details/${rule}`, description)

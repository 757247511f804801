import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import type { AuthorizationDetail } from './authorization.ts'
import { parseAuthorizationDetails } from './authorization-details.ts'
import { parseResources } from './resource-indicator.ts'

/** What a token request names of all that was authorized; the scopes aside, which each grant reads itself. */
export interface Narrowing {
  readonly resources: readonly string[]
  readonly authorizationDetails?: readonly AuthorizationDetail[]
}

/** As sent, before it is known which types of details the client may name. */
export interface PresentedNarrowing {
  readonly resources: readonly string[]
  readonly authorizationDetails: string | undefined
}

/**
 * Finds in a token request what it narrows its token to.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8707#section-2.2 `resource` may be there more than once
 * @spec https://www.rfc-editor.org/rfc/rfc9396#section-6
 */
export function readNarrowing(form: URLSearchParams): PresentedNarrowing | undefined {
  const present = (name: string) => form.getAll(name).filter((value) => value !== '')
  const [authorizationDetails] = present('authorization_details')
  const resources = [...new Set(present('resource'))]
  const isNarrowed = resources.length > 0 || authorizationDetails !== undefined
  return isNarrowed ? { resources, authorizationDetails } : undefined
}

/** @throws ProtocolError `invalid_target` or `invalid_authorization_details` */
export const parseNarrowing = (
  presented: PresentedNarrowing,
  by: { readonly tenant: Tenant; readonly client: Client },
): Narrowing => ({
  resources: parseResources(presented.resources),
  ...withoutAbsent({
    authorizationDetails: parseAuthorizationDetails(presented.authorizationDetails, by),
  }),
})

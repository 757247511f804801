import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import type { AuthorizationDetail } from './authorization.ts'
import { parseAuthorizationDetails } from './authorization-details.ts'
import { parseResources } from './resource-indicator.ts'
import { grantableScopes, parseScope } from './scope.ts'
import type { SentParameters } from './sent-parameters.ts'

/** What a client asks a person for, checked against what the client may have. */
export interface RequestedAccess {
  readonly scopes: readonly string[]
  readonly resources: readonly string[]
  readonly authorizationDetails?: readonly AuthorizationDetail[]
}

/**
 * Reads what a client asks a person for: on a page, from a device or behind the scenes.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8707#section-2.1
 * @spec https://www.rfc-editor.org/rfc/rfc9396#section-2 wherever `scope` may be used
 * @spec https://www.rfc-editor.org/rfc/rfc9396#section-3.1 details may stand for themselves
 * @throws ProtocolError `invalid_scope`, `invalid_target` or `invalid_authorization_details`
 */
export function parseRequestedAccess(
  { parameters, resources }: Pick<SentParameters, 'parameters' | 'resources'>,
  by: { readonly tenant: Tenant; readonly client: Client },
): RequestedAccess {
  const presented = parameters.get('authorization_details')
  const authorizationDetails = parseAuthorizationDetails(presented, by)
  const requested = parseScope(parameters.get('scope'))
  const standsAlone = requested.length === 0 && authorizationDetails !== undefined
  return {
    scopes: standsAlone ? [] : grantableScopes(requested, by.client.scopes),
    resources: parseResources(resources),
    ...withoutAbsent({ authorizationDetails }),
  }
}

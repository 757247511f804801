import { scopesOfPeople } from '../authorization/scope.ts'
import type { Client } from '../client/client.ts'
import { invalidTarget } from '../errors.ts'
import type { ResourceServer } from './resource-server.ts'

/**
 * Verifies that a client may have tokens for these resource servers where no person is asked.
 *
 * It is registered for a scope that the resource server declares, or names it among its resources.
 * Scopes that speak of people say nothing of a resource server.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8707#section-2
 * @throws ProtocolError `invalid_target`
 */
export function verifyEntitlement(
  { scopes, resources = [] }: Pick<Client, 'scopes' | 'resources'>,
  servers: readonly ResourceServer[],
): void {
  const own = scopes.filter((scope) => !scopesOfPeople.includes(scope))
  const isEntitled = (server: ResourceServer) =>
    resources.includes(server.identifier) || server.scopes.some((scope) => own.includes(scope))
  if (servers.every(isEntitled)) return
  throw invalidTarget('oauth/resource/not-entitled', 'the resource is not one of this client')
}

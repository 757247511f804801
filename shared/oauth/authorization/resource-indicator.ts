import { invalidTarget } from '../errors.ts'
import type { ResourceServer } from '../token/resource-server.ts'
import { scopesOfPeople } from './scope.ts'

/** As many as one authorization may be for, and as long as each may be. */
const maximalCount = 8
const maximalLength = 512

/**
 * Reads the `resource` parameters of a request.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8707#section-2 an absolute URI without fragment
 * @param presented unverified, each once
 * @throws ProtocolError `invalid_target`
 */
export function parseResources(presented: readonly string[]): readonly string[] {
  if (presented.length <= maximalCount && presented.every(isIndicator)) return presented
  throw invalidTarget('oauth/resource/shape', 'resource must be an absolute URI without fragment')
}

const isIndicator = (resource: string): boolean =>
  resource.length <= maximalLength && URL.canParse(resource) && !resource.includes('#')

/**
 * Narrows the resources of an authorization to those that a token request names; none keeps them all.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8707#section-2.2
 * @throws ProtocolError `invalid_target` for one that was not authorized
 */
export function narrowResources(
  requested: readonly string[],
  authorized: readonly string[],
): readonly string[] {
  if (requested.length === 0) return authorized
  if (requested.every((resource) => authorized.includes(resource))) return requested
  throw invalidTarget('oauth/resource/widened', 'resource was not authorized')
}

/**
 * The part of the scopes that a token for these resource servers may carry.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8707#section-2.2 a token says no more than its resource needs
 * @param resources none when the token is for the issuer, which takes every scope
 * @param isForIssuer true when the issuer is among those that the token is for
 */
export function scopesForResources(
  scopes: readonly string[],
  resources: readonly ResourceServer[],
  isForIssuer: boolean,
): readonly string[] {
  if (resources.length === 0 || resources.some((resource) => resource.scopes.length === 0)) {
    return scopes
  }
  const own = new Set(resources.flatMap((resource) => resource.scopes))
  return scopes.filter((scope) => own.has(scope) || (isForIssuer && scopesOfPeople.includes(scope)))
}

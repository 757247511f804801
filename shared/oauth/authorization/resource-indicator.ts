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
 * Refuses a token for several resources of which more than one would take the same scope as its own.
 *
 * What no resource declares is for the one that declares nothing.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9068#section-3 no token whose authorization would be ambiguous
 * @spec https://www.rfc-editor.org/rfc/rfc9068#section-5 each scope belongs to one resource
 * @param scopes those that the token would carry
 * @param isForIssuer true when the issuer is among those that the token is for
 * @throws ProtocolError `invalid_target`
 */
export function verifyUnambiguous(
  scopes: readonly string[],
  resources: readonly ResourceServer[],
  isForIssuer: boolean,
): void {
  const silent = resources.filter((resource) => resource.scopes.length === 0).length
  const takers = (scope: string): number => {
    const declaring = resources.filter((resource) => resource.scopes.includes(scope)).length
    const issuer = isForIssuer && scopesOfPeople.includes(scope) ? 1 : 0
    return declaring + issuer === 0 ? silent : declaring + issuer
  }
  if (scopes.every((scope) => takers(scope) <= 1)) return
  throw invalidTarget('oauth/resource/ambiguous', 'several of these resources take the same scope')
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

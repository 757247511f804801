import { invalidScope } from '../errors.ts'

/** RFC 6749 appendix A.4: printable ASCII without space, quotation mark and backslash. */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/

export const isScopeToken = (text: string): boolean => scopeToken.test(text)

/**
 * Splits a `scope` value into its distinct tokens.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-3.3
 * @param presented unverified
 * @throws ProtocolError `invalid_scope`
 */
export function parseScope(presented: string | undefined): readonly string[] {
  if (presented === undefined) return []
  const tokens = presented.split(' ')
  if (!tokens.every(isScopeToken)) {
    throw invalidScope('oauth/scope/shape', 'scope is malformed')
  }
  return [...new Set(tokens)]
}

/**
 * The part of the requested scopes that the client may have; what it may not have is left out.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-3.3 the server may ignore part of the scope
 * @throws ProtocolError `invalid_scope` when nothing is left
 */
export function grantableScopes(
  requested: readonly string[],
  registered: readonly string[],
): readonly string[] {
  const granted = requested.filter((scope) => registered.includes(scope))
  if (granted.length === 0) {
    throw invalidScope('oauth/scope/none', 'no requested scope is registered for this client')
  }
  return granted
}

/** The part of granted scopes that the client may still have; none were none, as with `authorization_details` alone. */
export const stillGrantable = (
  granted: readonly string[],
  registered: readonly string[],
): readonly string[] => (granted.length === 0 ? granted : grantableScopes(granted, registered))

/**
 * Narrows granted scopes to those that a refresh asks for; asking for nothing keeps them all.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-6
 * @throws ProtocolError `invalid_scope` when a scope was not granted before
 */
export function narrowScopes(
  requested: readonly string[],
  granted: readonly string[],
): readonly string[] {
  if (requested.length === 0) return granted
  if (requested.every((scope) => granted.includes(scope))) return requested
  throw invalidScope('oauth/scope/widened', 'scope exceeds what the client may have')
}

/** Scopes that speak of a person; a client that acts for itself has none of them. */
export const scopesOfPeople = [
  'openid',
  'profile',
  'email',
  'phone',
  'address',
  'groups',
  'offline_access',
]

/**
 * The scopes of a client that acts for itself: those it asks for, or all it is registered for.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2
 * @throws ProtocolError `invalid_scope`
 */
export const machineScopes = (
  requested: readonly string[],
  registered: readonly string[],
): readonly string[] =>
  narrowScopes(
    requested,
    registered.filter((scope) => !scopesOfPeople.includes(scope)),
  )

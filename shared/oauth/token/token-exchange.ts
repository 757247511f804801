import type { Client } from '../client/client.ts'
import { invalidRequest, invalidTarget } from '../errors.ts'

const tokenTypes = [
  'urn:ietf:params:oauth:token-type:access_token',
  'urn:ietf:params:oauth:token-type:id_token',
  'urn:ietf:params:oauth:token-type:jwt',
] as const

/** What every exchange ends in; other tokens are for those who sign people in. */
export const issuedTokenType = 'urn:ietf:params:oauth:token-type:access_token'

/** @spec https://www.rfc-editor.org/rfc/rfc8693#section-3 */
export type TokenType = (typeof tokenTypes)[number]

/** @throws ProtocolError `invalid_request` */
export function parseTokenType(presented: string): TokenType {
  const type = tokenTypes.find((known) => known === presented)
  if (type !== undefined) return type
  throw invalidRequest('oauth/token-exchange/type', 'this type of token is not supported')
}

/**
 * Decides whom an exchanged token is for: those that are named, or else those of the token brought.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8693#section-2.1.1
 * @param named unverified
 * @throws ProtocolError `invalid_target` for what neither the token nor the client's registration allows
 */
export function exchangeTargets(
  named: readonly string[],
  own: readonly string[],
  { tokenExchange }: Client,
): readonly string[] {
  if (named.length === 0) return own
  const allowed = [...own, ...(tokenExchange?.audiences ?? [])]
  if (named.every((target) => allowed.includes(target))) return named
  throw invalidTarget(
    'oauth/token-exchange/target',
    'the token cannot be exchanged for this target',
  )
}

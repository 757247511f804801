import type { Parameters } from '#shared/kernel/parameters.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { parseScope } from '../authorization/scope.ts'
import { invalidRequest } from '../errors.ts'
import { issuedTokenType, parseTokenType, type TokenType } from '../token/token-exchange.ts'

/** A token that is brought, with what it is said to be; unverified. */
export interface BroughtToken {
  readonly token: Secret
  readonly type: TokenType
}

/** @spec https://www.rfc-editor.org/rfc/rfc8693#section-2.1 */
export interface TokenExchangeRequest {
  readonly grantType: 'urn:ietf:params:oauth:grant-type:token-exchange'
  readonly subject: BroughtToken
  readonly actor: BroughtToken | undefined
  readonly audiences: readonly string[]
  readonly scopes: readonly string[]
}

const maximalAudiences = 8

const refused = (rule: string, description: string) =>
  invalidRequest(`oauth/token-exchange/${rule}`, description)

/** @throws ProtocolError `invalid_request` or `invalid_scope` */
export function parseTokenExchange(
  parameters: Parameters,
  form: URLSearchParams,
): TokenExchangeRequest {
  const subject = readToken(parameters, 'subject_token')
  if (subject === undefined) throw refused('subject-token-missing', 'subject_token is missing')
  const requestedType = parameters.get('requested_token_type') ?? issuedTokenType
  if (requestedType !== issuedTokenType) {
    throw refused('requested-type', 'requested_token_type is not issued here')
  }
  const audiences = [...new Set(form.getAll('audience').filter((value) => value !== ''))]
  if (audiences.length > maximalAudiences) throw refused('audiences', 'too many audiences')
  return {
    grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject,
    actor: readToken(parameters, 'actor_token'),
    audiences,
    scopes: parseScope(parameters.get('scope')),
  }
}

/** A type without its token is as wrong as a token without its type. */
function readToken(
  parameters: Parameters,
  name: 'actor_token' | 'subject_token',
): BroughtToken | undefined {
  const token = parameters.get(name)
  const type = parameters.get(`${name}_type`)
  if (token === undefined && type === undefined) return undefined
  if (token !== undefined && type !== undefined) {
    return { token: new Secret(token), type: parseTokenType(type) }
  }
  throw refused('token-type', `${name} and ${name}_type go together`)
}

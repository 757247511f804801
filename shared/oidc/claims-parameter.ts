import { isRecord, type JsonObject, parseJson } from '#shared/kernel/json.ts'
import { isPlainJson } from '#shared/kernel/plain-json.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { RequestedClaims } from '#shared/oauth/authorization/authorization.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import type { RequestedAcr } from './acr.ts'
import { claimsOfScope } from './claims.ts'

/** What the `claims` parameter asks for. */
export interface ClaimsRequest {
  /** Claims of the person, by name: those that we have and that the client may have. */
  readonly claims?: RequestedClaims
  readonly acr?: RequestedAcr
  /** The user that must be the one, as the client knows them. */
  readonly subject?: string
}

const maximalLength = 4096

/** The scope under which each claim of a person stands. */
const scopeOfClaim: ReadonlyMap<string, string> = new Map(
  Object.entries(claimsOfScope).flatMap(([scope, claims]) =>
    claims.map((claim): [string, string] => [claim, scope]),
  ),
)

/**
 * Reads the `claims` parameter; names that we do not know are passed over.
 *
 * A claim is for who may ask for its scope: naming claims one by one opens no other door.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter
 * @param presented unverified
 * @throws ProtocolError `invalid_request`
 */
export function parseClaimsParameter(presented: string | undefined, client: Client): ClaimsRequest {
  if (presented === undefined) return {}
  const members = parsed(presented)
  const idToken = memberOf(members, 'id_token')
  const userInfo = memberOf(members, 'userinfo')
  return withoutAbsent({
    claims: namedClaims(client, idToken, userInfo),
    acr: requestedAcr(requestOf(idToken, 'acr')),
    subject: requestedSubject(requestOf(idToken, 'sub') ?? requestOf(userInfo, 'sub')),
  })
}

function parsed(presented: string): JsonObject {
  if (presented.length > maximalLength) throw malformed()
  const value = parseJson(presented)
  if (isRecord(value)) return value
  throw malformed()
}

function memberOf(members: JsonObject, name: 'id_token' | 'userinfo'): JsonObject {
  const member = members[name] ?? {}
  const isWellFormed =
    isRecord(member) &&
    Object.values(member).every((request) => request === null || isRecord(request))
  if (isWellFormed) return member
  throw malformed()
}

const requestOf = (members: JsonObject, name: string): JsonObject | undefined => {
  const request = members[name]
  return isRecord(request) ? request : undefined
}

function namedClaims(
  client: Client,
  idToken: JsonObject,
  userInfo: JsonObject,
): RequestedClaims | undefined {
  const [id_token, userinfo] = [grantable(client, idToken), grantable(client, userInfo)]
  if (id_token === undefined && userinfo === undefined) return undefined
  return withoutAbsent({ id_token, userinfo })
}

function grantable(client: Client, members: JsonObject): JsonObject | undefined {
  const requests = Object.entries(members).filter(([name]) =>
    client.scopes.includes(scopeOfClaim.get(name) ?? ''),
  )
  if (requests.length === 0) return undefined
  return Object.fromEntries(requests.map(([name, request]) => [name, wantedValues(request)]))
}

/**
 * The values of which one must be the claim's, or `null` when any will do.
 *
 * They are kept with the grant: what no table takes is refused here.
 */
function wantedValues(request: unknown): { readonly values: readonly unknown[] } | null {
  if (!isRecord(request)) return null
  if (!isPlainJson(request)) throw malformed()
  if ('value' in request) return { values: [request['value']] }
  const { values } = request
  if (values === undefined) return null
  if (Array.isArray(values)) return { values }
  throw malformed()
}

/** @spec https://openid.net/specs/openid-connect-core-1_0.html#acrSemantics */
function requestedAcr(request: JsonObject | undefined): RequestedAcr | undefined {
  if (request === undefined) return undefined
  return { values: valuesOf(request), isEssential: request['essential'] === true }
}

/** @spec https://openid.net/specs/openid-connect-core-1_0.html#IndividualClaimsRequests */
const requestedSubject = (request: JsonObject | undefined): string | undefined =>
  request === undefined ? undefined : valuesOf(request)[0]

function valuesOf({ value, values }: JsonObject): readonly string[] {
  const listed = [value === undefined ? (values ?? []) : value].flat()
  if (listed.every((one) => typeof one === 'string')) return listed
  throw malformed()
}

/** The scopes that stand for the claims that are asked for by name. */
export function scopesOfClaims(claims: RequestedClaims | undefined): readonly string[] {
  const names = [claims?.id_token, claims?.userinfo].flatMap((asked) => Object.keys(asked ?? {}))
  return [...new Set(names.map((name) => scopeOfClaim.get(name) ?? ''))].filter(Boolean)
}

const malformed = () => invalidRequest('oidc/claims-parameter', 'claims is malformed')

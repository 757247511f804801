import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { unverifiedHeader } from '#shared/jose/unverified-jwt.ts'
import { type EpochSeconds, epochSeconds, isExpired, plus, seconds } from '#shared/kernel/time.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { assertionAlgorithms } from '../authentication/client-assertion.ts'
import type { Client } from '../client/client.ts'
import { clockSkew } from '../client/clock-skew.ts'
import { invalidRequestObject } from '../errors.ts'

type Claims = Readonly<Record<string, unknown>>

/** Longer than any request that we take, spelled as a JWT. */
const maximalLength = 16_384

/** FAPI: how old an object may be, and how long it may live. */
const maximalAge = seconds(60 * 60)

/** What a JWT that is no request object says of itself is another type. */
const acceptedTypes = ['oauth-authz-req+jwt', 'application/oauth-authz-req+jwt', 'jwt']

/** Claims that speak of the JWT and not of the request. */
const claimsOfJwt = new Set(['iss', 'aud', 'exp', 'iat', 'nbf', 'jti', 'sub'])

/**
 * The signatures that a request object may carry, of one client or of any; `none` is never among them.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9101#section-10.1
 */
export const requestObjectAlgorithms = (
  tenant: Tenant,
  client?: Client,
): readonly SigningAlgorithm[] => assertionAlgorithms(tenant, client?.requestObject?.signingAlg)

/**
 * Checks what a request object says of itself before anybody's key is looked for.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8725#section-3.11
 * @param presented unverified
 * @throws ProtocolError `invalid_request_object`
 */
export function verifyRequestObjectType(presented: string): void {
  if (presented.length > maximalLength) throw refused('length')
  const header = unverifiedHeader(presented)
  if (header === undefined) throw refused('shape')
  const { typ } = header
  if (typ === undefined) return
  if (typeof typ !== 'string' || !acceptedTypes.includes(typ.toLowerCase())) throw refused('type')
}

/**
 * Checks the claims of a request object whose signature has been verified.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9101#section-6.3
 * @spec https://www.rfc-editor.org/rfc/rfc9101#section-10.8 a client assertion is no request
 * @param claims `undefined` when no key of the client verified the signature
 * @throws ProtocolError `invalid_request_object`
 */
export function verifyRequestObjectClaims(
  claims: Claims | undefined,
  { tenant, client }: { readonly tenant: Tenant; readonly client: Client },
  now: EpochSeconds,
): Claims {
  if (claims === undefined) throw refused('signature')
  if (claims['iss'] !== client.id) throw refused('issuer')
  if (![claims['aud']].flat().includes(tenant.issuer)) throw refused('audience')
  if (claims['sub'] === client.id) throw refused('subject')
  if ((claims['client_id'] ?? client.id) !== client.id) throw refused('client-id')
  if ('request' in claims || 'request_uri' in claims) throw refused('nested')
  verifyTimes(claims, profileOf(tenant).requiresBriefRequestObjects, now)
  return claims
}

/** @spec https://openid.net/specs/openid-financial-api-part-2-1_0-final.html#authorization-server */
function verifyTimes(claims: Claims, mustBeBrief: boolean, now: EpochSeconds): void {
  const [exp, nbf, iat] = [moment(claims['exp']), moment(claims['nbf']), moment(claims['iat'])]
  if (exp !== undefined && isExpired(exp, now)) throw refused('expired')
  if ([nbf, iat].some((begin) => begin !== undefined && begin > plus(now, clockSkew))) {
    throw refused('not-yet')
  }
  if (!mustBeBrief) return
  if (exp === undefined || nbf === undefined) throw refused('times')
  if (now > plus(nbf, maximalAge) || exp > plus(nbf, maximalAge)) throw refused('too-long')
}

function moment(claim: unknown): EpochSeconds | undefined {
  if (claim === undefined) return undefined
  if (typeof claim !== 'number' || !Number.isFinite(claim)) throw refused('time')
  return epochSeconds(claim)
}

/**
 * Spells the parameters of a request object as a query, as if they had been sent so.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9101#section-4 strings, numbers and JSON
 */
export function requestOfObject(claims: Claims, client: Client): string {
  const query = new URLSearchParams({ client_id: client.id })
  for (const [name, value] of Object.entries(claims)) {
    if (claimsOfJwt.has(name) || name === 'client_id') continue
    for (const one of name === 'resource' ? [value].flat() : [value]) {
      query.append(name, typeof one === 'string' ? one : JSON.stringify(one))
    }
  }
  return query.toString()
}

const refused = (rule: string) =>
  invalidRequestObject(`oauth/request-object/${rule}`, 'the request object is not valid')

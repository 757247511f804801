import { unverifiedClaims } from '#shared/jose/unverified-jwt.ts'
import type { JsonObject } from '#shared/kernel/json.ts'
import { type EpochSeconds, epochSeconds, isExpired } from '#shared/kernel/time.ts'
import type { StatementIssuer } from '#shared/tenant/self-registration.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { invalidSoftwareStatement, unapprovedSoftwareStatement } from '../errors.ts'

type Claims = JsonObject

/** Claims that speak of the statement and not of the client. */
const ofTheJwt: ReadonlySet<string> = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'])

/**
 * What a statement says, only to find out whose keys it must be verified with.
 *
 * @param jwt unverified
 * @throws ProtocolError `invalid_software_statement`
 */
export function claimsOfStatement(jwt: string): Claims {
  const claims = unverifiedClaims(jwt)
  if (claims !== undefined) return claims
  throw invalidSoftwareStatement(
    'oauth/software-statement/shape',
    'the software statement is malformed',
  )
}

/**
 * Answers who has issued a statement, if the tenant trusts it.
 *
 * @throws ProtocolError `unapproved_software_statement`
 */
export function approvedIssuer({ settings }: Tenant, { iss }: Claims): StatementIssuer {
  const issuers = settings.selfRegistration?.statementIssuers ?? []
  const issuer = issuers.find((each) => each.issuer === iss)
  if (issuer !== undefined) return issuer
  throw unapprovedSoftwareStatement(
    'oauth/software-statement/issuer',
    'the issuer of the software statement is not trusted here',
  )
}

/**
 * Answers the client metadata that a statement vouches for.
 *
 * What its issuer has signed for somebody else, such as an ID token, is no statement for us.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-2.3
 * @spec https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3
 * @param claims of a verified signature; `undefined` when it is none
 * @param issuer ours
 * @throws ProtocolError `invalid_software_statement`
 */
export function statedMetadata(
  claims: Claims | undefined,
  issuer: string,
  now: EpochSeconds,
): Claims {
  if (claims === undefined || !isInTime(claims, now) || !isForUs(claims, issuer)) {
    throw invalidSoftwareStatement(
      'oauth/software-statement/signature',
      'the software statement is not valid',
    )
  }
  return metadataAmong(claims)
}

/** The claims of a statement that speak of the client. */
export const metadataAmong = (claims: Claims): Claims =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !ofTheJwt.has(name)))

const isForUs = ({ aud }: Claims, issuer: string): boolean =>
  aud === undefined ||
  [aud].flat().some((each) => each === issuer || each === `${issuer}/oauth2/register`)

function isInTime({ exp, nbf }: Claims, now: EpochSeconds): boolean {
  const isOver = exp !== undefined && (typeof exp !== 'number' || isExpired(epochSeconds(exp), now))
  const isEarly = nbf !== undefined && (typeof nbf !== 'number' || nbf > now)
  return !isOver && !isEarly
}

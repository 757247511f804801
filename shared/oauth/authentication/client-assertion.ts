import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { type EpochSeconds, epochSeconds, isExpired, plus, seconds } from '#shared/kernel/time.ts'
import { profileOf } from '#shared/tenant/security-profile.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import { clockSkew } from '../client/clock-skew.ts'
import { invalidClient } from '../errors.ts'
import { endpointUrls } from '../metadata/endpoint-urls.ts'
import { isProofId } from '../possession/proof-time.ts'

/**
 * The signatures that what a client signs may carry: those of the profile or, of them, the registered one.
 *
 * @param registered absent: any
 */
export const assertionAlgorithms = (
  tenant: Tenant,
  registered?: string,
): readonly SigningAlgorithm[] =>
  profileOf(tenant).algorithms.filter((name) => name === (registered ?? name))

/**
 * The signatures that an assertion of this client may carry: of the one algorithm that it has registered, or any.
 *
 * @spec https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata token_endpoint_auth_signing_alg
 */
export const assertionAlgorithmsOf = (
  tenant: Tenant,
  { tokenEndpointAuthSigningAlg }: Client,
): readonly SigningAlgorithm[] => assertionAlgorithms(tenant, tokenEndpointAuthSigningAlg)

/** An assertion that lives longer would keep its single-use marker as long. */
const maximalLifetime = seconds(60 * 60)

/** The one-time identity of an assertion whose claims hold. */
export interface AssertionUse {
  readonly jti: string
  readonly expiresAt: EpochSeconds
}

/** Whom an assertion must be meant for. */
export interface AssertionAudience {
  readonly tenant: Tenant
  /** Where the endpoints have an alias, if anywhere. */
  readonly mtlsOrigin: string | undefined
}

/**
 * Checks the claims of a client assertion whose signature has been verified.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7523#section-3
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication `jti` is required
 * @param claims `undefined` when the signature did not verify with any of the client's keys
 * @throws ProtocolError `invalid_client`
 */
export function verifyAssertionClaims(
  claims: Readonly<Record<string, unknown>> | undefined,
  server: AssertionAudience,
  client: Client,
  now: EpochSeconds,
): AssertionUse {
  if (claims === undefined) throw refused('signature')
  if (claims['iss'] !== client.id || claims['sub'] !== client.id) throw refused('issuer')
  if (!isMeantForUs(claims['aud'], server)) throw refused('audience')
  verifyBeginning(claims, now)
  const { jti } = claims
  if (!isProofId(jti)) throw refused('jti')
  return { jti, expiresAt: verifiedExpiry(claims['exp'], now) }
}

/** The endpoints that may be meant instead of the issuer. */
const endpoints = ['oauth2/token', 'oauth2/par', 'oauth2/bc-authorize']

/**
 * True when the one audience is the issuer or, where the profile does not forbid it, an endpoint of ours.
 *
 * An audience beside ours could replay the assertion here, so there must be exactly one.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9126#section-2
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.7.1
 * @spec https://openid.net/specs/fapi-security-profile-2_0-final.html#section-5.3.2.1
 */
function isMeantForUs(presented: unknown, { tenant, mtlsOrigin }: AssertionAudience): boolean {
  const { issuer } = tenant
  if (profileOf(tenant).requiresIssuerAudience) return presented === issuer
  const [audience, ...others] = [presented].flat()
  const ours = [issuer, ...endpoints.flatMap((path) => endpointUrls(issuer, path, mtlsOrigin))]
  return others.length === 0 && ours.some((each) => each === audience)
}

function verifiedExpiry(exp: unknown, now: EpochSeconds): EpochSeconds {
  if (typeof exp !== 'number' || !Number.isFinite(exp)) throw refused('expiry')
  const expiresAt = epochSeconds(Math.ceil(exp))
  if (isExpired(expiresAt, now) || expiresAt > plus(now, maximalLifetime)) throw refused('expiry')
  return expiresAt
}

function verifyBeginning(claims: Readonly<Record<string, unknown>>, now: EpochSeconds): void {
  for (const moment of [claims['nbf'], claims['iat']]) {
    if (moment === undefined) continue
    if (typeof moment !== 'number' || moment > plus(now, clockSkew)) throw refused('not-yet')
  }
}

const refused = (rule: string) =>
  invalidClient(`oauth/client/assertion-${rule}`, 'client authentication failed')

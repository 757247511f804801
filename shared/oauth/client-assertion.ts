import { type SigningAlgorithm, signingAlgorithms } from '#shared/jose/algorithms.ts'
import { type EpochSeconds, epochSeconds, isExpired, plus, seconds } from '#shared/kernel/time.ts'
import type { Client } from './client.ts'
import { invalidClient } from './errors.ts'

/** The only signatures an assertion may carry, whatever a client registers. */
export const assertionAlgorithms: readonly SigningAlgorithm[] = signingAlgorithms

/**
 * The signatures that an assertion of this client may carry: of the one algorithm that it has registered, or any.
 *
 * @spec https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata token_endpoint_auth_signing_alg
 */
export const assertionAlgorithmsOf = ({
  tokenEndpointAuthSigningAlg: registered,
}: Client): readonly SigningAlgorithm[] =>
  registered === undefined
    ? assertionAlgorithms
    : assertionAlgorithms.filter((algorithm) => algorithm === registered)

/** How far a client's clock may be ahead of ours. */
export const clockSkew = seconds(10)

/** An assertion that lives longer would keep its single-use marker as long. */
const maximalLifetime = seconds(60 * 60)

const maximalJtiLength = 256

/** The one-time identity of an assertion whose claims hold. */
export interface AssertionUse {
  readonly jti: string
  readonly expiresAt: EpochSeconds
}

/**
 * Checks the claims of a client assertion whose signature has been verified.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7523#section-3
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication `jti` is required
 * @param claims `undefined` when the signature did not verify with any of the client's keys
 * An audience beside ours could replay the assertion here, so there must be exactly one.
 *
 * @param audiences any of which may be meant: the issuer and the token endpoint
 * @throws ProtocolError `invalid_client`
 */
export function verifyAssertionClaims(
  claims: Readonly<Record<string, unknown>> | undefined,
  client: Client,
  audiences: readonly string[],
  now: EpochSeconds,
): AssertionUse {
  if (claims === undefined) throw refused('signature')
  if (claims['iss'] !== client.id || claims['sub'] !== client.id) throw refused('issuer')
  const [audience, ...others] = [claims['aud']].flat()
  const isOurs = audiences.some((ours) => ours === audience)
  if (!isOurs || others.length > 0) throw refused('audience')
  verifyBeginning(claims, now)
  const { jti } = claims
  if (typeof jti !== 'string' || jti === '' || jti.length > maximalJtiLength) throw refused('jti')
  return { jti, expiresAt: verifiedExpiry(claims['exp'], now) }
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

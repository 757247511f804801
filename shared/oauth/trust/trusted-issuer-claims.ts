import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { type EpochSeconds, epochSeconds, isExpired, plus, seconds } from '#shared/kernel/time.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { assertionAlgorithms } from '../authentication/client-assertion.ts'
import { clockSkew } from '../client/clock-skew.ts'
import type { ExternalClaims, TrustedIssuer } from './trusted-issuer.ts'

/** What lasts longer is no credential of the moment; clusters hand out tokens for a day. */
const maximalLifetime = seconds(24 * 60 * 60)

const maximalLength = 1024

/**
 * The signatures that tokens of the issuer may carry.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7523#section-5
 */
export const trustedAlgorithms = (
  tenant: Tenant,
  { algorithms }: TrustedIssuer,
): readonly SigningAlgorithm[] =>
  assertionAlgorithms(tenant).filter((name) => algorithms?.includes(name) ?? true)

/** True when claims whose signature has been verified keep one rule. */
type Check = (claims: ExternalClaims, by: Expected) => boolean

interface Expected {
  readonly tenant: Tenant
  readonly trusted: TrustedIssuer
  readonly now: EpochSeconds
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= maximalLength

const isMoment = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value)

const audiencesOf = ({ tenant: { issuer }, trusted }: Expected): readonly string[] =>
  trusted.audiences ?? [issuer, `${issuer}/oauth2/token`]

/** Each by the name of the rule that a failure breaks. */
const checks: Readonly<Record<string, Check>> = {
  issuer: ({ iss }, { trusted }) => iss === trusted.issuer,
  subject: ({ sub }) => isText(sub),
  audience: ({ aud }, expected) =>
    [aud].flat().some((each) => audiencesOf(expected).some((ours) => ours === each)),
  expiry: ({ exp }, { now }) =>
    isMoment(exp) &&
    !isExpired(epochSeconds(Math.ceil(exp)), now) &&
    exp <= plus(now, maximalLifetime),
  'not-yet': ({ nbf, iat }, { now }) =>
    [nbf, iat].every((at) => at === undefined || (isMoment(at) && at <= plus(now, clockSkew))),
  // RFC 8725 section 3.12: what tells of an event, such as a logout, is no word for anybody.
  event: ({ events }) => events === undefined,
  id: ({ jti }) => jti === undefined || isText(jti),
}

/**
 * Answers the rule that the claims of an external issuer break, or `undefined` when they hold.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7523#section-3
 * @spec https://www.rfc-editor.org/rfc/rfc7521#section-5.2
 * @param claims `undefined` when the signature did not verify with any of the issuer's keys
 */
export function brokenClaim(
  claims: ExternalClaims | undefined,
  expected: Expected,
): string | undefined {
  if (claims === undefined) return 'signature'
  return Object.entries(checks).find(([, holds]) => !holds(claims, expected))?.[0]
}

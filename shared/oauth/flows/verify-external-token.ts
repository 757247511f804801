import { unverifiedClaim } from '#shared/jose/unverified-jwt.ts'
import type { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { type EpochSeconds, epochSeconds } from '#shared/kernel/time.ts'
import type { ClientAssertionVerifier } from '#shared/ports/client-assertion-verifier.ts'
import type { IssuerKeys } from '#shared/ports/issuer-keys.ts'
import type { TrustedIssuers } from '#shared/ports/repositories/trusted-issuers.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { ExternalClaims, TrustedIssuer } from '../trust/trusted-issuer.ts'
import { brokenClaim, trustedAlgorithms } from '../trust/trusted-issuer-claims.ts'

export interface ExternalTokenPorts {
  readonly trustedIssuers: Pick<TrustedIssuers, 'find'>
  readonly issuerKeys: IssuerKeys
  readonly assertionVerifier: ClientAssertionVerifier
}

/** Somebody whom a trusted issuer vouches for. */
export interface ExternalIdentity {
  readonly trusted: TrustedIssuer
  readonly claims: ExternalClaims
  readonly subject: string
  readonly expiresAt: EpochSeconds
}

/**
 * Verifies a JWT of somebody else whose word counts for the tenant.
 *
 * Nobody is asked for keys but an issuer that the operator has named.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7523#section-3
 * @param jwt unverified
 * @param refused the refusal of a token that breaks the rule of that name
 * @throws ProtocolError what `refused` makes
 */
export const verifyExternalToken =
  (ports: ExternalTokenPorts, refused: (rule: string) => ProtocolError) =>
  async (tenant: Tenant, jwt: string, now: EpochSeconds): Promise<ExternalIdentity> => {
    const issuer = unverifiedClaim(jwt, 'iss')
    const trusted = issuer ? await ports.trustedIssuers.find(tenant.id, issuer) : undefined
    if (trusted?.type !== 'jwt') throw refused('untrusted')
    const holder = await ports.issuerKeys.holderOf(trusted)
    if (holder === undefined) throw refused('no-keys')
    const algorithms = trustedAlgorithms(tenant, trusted)
    const claims = await ports.assertionVerifier.verify(jwt, holder, algorithms)
    const broken = brokenClaim(claims, { tenant, trusted, now })
    if (claims === undefined || broken !== undefined) throw refused(broken ?? 'signature')
    const expiresAt = epochSeconds(Math.ceil(Number(claims['exp'])))
    return { trusted, claims, subject: String(claims['sub']), expiresAt }
  }

import { plus } from '#shared/kernel/time.ts'
import type { GrantContext } from '#shared/oauth/flows/grant-context.ts'
import { type ProtectionPorts, protectResponse } from '#shared/oauth/flows/protect-response.ts'
import { sessionIdFor } from '#shared/oauth/flows/subjects.ts'
import type { IdTokenFacts } from '#shared/oauth/token/id-token-facts.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { signingAlgorithmFor } from '#shared/tenant/signing-algorithm.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { idTokenClaims } from '../id-token.ts'
import type { PersonPorts } from './personal-claims.ts'

export type IdTokenPorts = ProtectionPorts &
  PersonPorts & { readonly sealer: Pick<Sealer, 'sealDeterministically'> }

/**
 * Issues an ID token as its client has registered for it: signed, and encrypted if so wished.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#IDToken
 * @throws ProtocolError `invalid_request` when no key of the client fits
 */
export const issueIdToken =
  (ports: IdTokenPorts) =>
  async (
    { tenant, client, now }: Pick<GrantContext, 'tenant' | 'client' | 'now'>,
    facts: IdTokenFacts,
  ): Promise<string> => {
    const claims = idTokenClaims({
      ...facts,
      sid: await sessionIdFor(ports)(tenant, client, facts.sid),
      issuer: tenant.issuer,
      client: client.id,
      algorithm: signingAlgorithmFor(tenant, client.idToken?.signingAlg),
      issuedAt: now,
      expiresAt: plus(now, tenant.settings.idTokenLifetime),
    })
    const person = await claimsOfPerson(ports, tenant, facts)
    return protectResponse(ports)(tenant, client, {
      typ: 'JWT',
      claims: { ...person, ...claims },
      protection: client.idToken,
    })
  }

/** Most ID tokens say nothing of the person, and need nothing of what it takes. */
async function claimsOfPerson(
  ports: IdTokenPorts,
  { id }: Tenant,
  facts: IdTokenFacts,
): Promise<object> {
  if (facts.claims?.id_token === undefined && facts.carriedScopes === undefined) return {}
  const { personalClaims } = await import('./personal-claims.ts')
  return personalClaims(ports)(id, facts)
}

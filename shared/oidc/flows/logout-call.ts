import type { Client } from '#shared/oauth/client/client.ts'
import { takesDocument } from '#shared/oauth/client/client-id-url.ts'
import { sessionIdFor, subjectFor } from '#shared/oauth/flows/subjects.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { HttpQuestion } from '#shared/ports/http-client.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Tenants } from '#shared/ports/repositories/tenants.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { TokenSigner } from '#shared/ports/token-signer.ts'
import { signingAlgorithmFor } from '#shared/tenant/signing-algorithm.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { LogoutNotice } from '../client-notice.ts'
import { logoutTokenClaims } from '../logout-token.ts'

export interface LogoutCallPorts {
  readonly tenants: Pick<Tenants, 'find'>
  readonly clients: Pick<Clients, 'find'>
  readonly signer: TokenSigner
  readonly sealer: Pick<Sealer, 'sealDeterministically'>
  readonly clock: Clock
  readonly random: Random
}

/**
 * Says to a client that a session is over, by a logout token that is new at each attempt.
 *
 * @spec https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest
 * @returns nothing for a client that was deleted, or that wants no notice any more; `no-document` where
 * the one that describes the client cannot be had now
 */
export const logoutCall =
  (ports: LogoutCallPorts) =>
  async (notice: LogoutNotice): Promise<HttpQuestion | 'no-document' | undefined> => {
    const [tenant, client] = await Promise.all([
      ports.tenants.find(notice.tenant),
      ports.clients.find(notice.tenant, notice.client),
    ])
    if (tenant === undefined) return undefined
    if (client === undefined)
      return takesDocument(tenant, notice.client) ? 'no-document' : undefined
    const url = client.logout?.backchannelUri
    if (url === undefined) return undefined
    const token = await signLogoutToken(ports, { tenant, client, notice })
    return {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: token }).toString(),
      purpose: 'back-channel-logout',
    }
  }

interface Hearing {
  readonly tenant: Tenant
  readonly client: Client
  readonly notice: LogoutNotice
}

/** The keys and the algorithm are those of the client's ID tokens. */
async function signLogoutToken(
  ports: LogoutCallPorts,
  { tenant, client, notice }: Hearing,
): Promise<string> {
  const { signer, clock, random } = ports
  const claims = logoutTokenClaims({
    issuer: tenant.issuer,
    subject: await subjectFor(ports)(tenant, client, notice.user),
    client: client.id,
    sid: await sessionIdFor(ports)(tenant, client, notice.sid),
    jti: random.id(),
    issuedAt: clock.now(),
  })
  const alg = signingAlgorithmFor(tenant, client.idToken?.signingAlg)
  return signer.sign(tenant, { typ: 'logout+jwt', alg }, claims)
}

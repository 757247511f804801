import { type AttemptId, trusted } from '#shared/kernel/ids.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import type { ClientAssertionVerifier } from '#shared/ports/client-assertion-verifier.ts'
import type { ClientKeys } from '#shared/ports/client-keys.ts'
import type { Random } from '#shared/ports/random.ts'
import type { ClientAssertions } from '#shared/ports/repositories/client-assertions.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client.ts'
import { assertionAlgorithmsOf, clockSkew, verifyAssertionClaims } from '../client-assertion.ts'
import type { PresentedClient } from '../client-authentication.ts'
import { verifyClientSecret } from '../client-secret.ts'
import { invalidClient } from '../errors.ts'

export interface ClientAuthenticationPorts {
  readonly clients: Clients
  readonly assertionVerifier: ClientAssertionVerifier
  readonly clientAssertions: ClientAssertions
  readonly clientKeys: ClientKeys
  readonly random: Random
}

/**
 * Authenticates a client in the one way it is registered for; every refusal reads the same.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-3.2.1
 * @throws ProtocolError `invalid_client`
 */
export const authenticateClient =
  (ports: ClientAuthenticationPorts) =>
  async (tenant: Tenant, presented: PresentedClient, now: EpochSeconds): Promise<Client> => {
    const client = await ports.clients.find(tenant.id, presented.id)
    if (client === undefined) throw failed('unknown')
    if (!isRegisteredWay(client, presented.method)) throw failed('method')
    switch (presented.method) {
      case 'client_secret_basic':
      case 'client_secret_post':
        verifyClientSecret(client, presented.secret)
        return client
      case 'private_key_jwt':
        await useAssertion(ports, tenant, client, presented.assertion.reveal(), now)
        return client
      case 'none':
        if (client.tokenEndpointAuthMethod !== 'none') throw failed('certificate')
        return client
    }
  }

const byCertificate = new Set(['tls_client_auth', 'self_signed_tls_client_auth'])

/** Who is named by `client_id` alone may have shown a certificate instead. */
const isRegisteredWay = (client: Client, method: PresentedClient['method']): boolean =>
  client.tokenEndpointAuthMethod === method ||
  (method === 'none' && byCertificate.has(client.tokenEndpointAuthMethod))

/** Verifies an assertion and uses it up: a second use of its `jti` is refused. */
async function useAssertion(
  ports: ClientAuthenticationPorts,
  tenant: Tenant,
  client: Client,
  assertion: string,
  now: EpochSeconds,
): Promise<void> {
  const algorithms = assertionAlgorithmsOf(client)
  const claims = await ports.assertionVerifier.verify(assertion, client, algorithms)
  const audiences = [tenant.issuer, `${tenant.issuer}/oauth2/token`]
  const { jti, expiresAt } = verifyAssertionClaims(claims, client, audiences, now)
  const used = await ports.clientAssertions.use(
    tenant.id,
    client.id,
    jti,
    plus(expiresAt, clockSkew),
    trusted<AttemptId>(ports.random.id()),
  )
  if (used === 'used') throw failed('assertion-replayed')
}

const failed = (rule: string) =>
  invalidClient(`oauth/client/${rule}`, 'client authentication failed')

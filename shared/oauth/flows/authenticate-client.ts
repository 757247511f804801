import { type AttemptId, trusted } from '#shared/kernel/ids.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import type { ClientAssertionVerifier } from '#shared/ports/client-assertion-verifier.ts'
import type { ClientKeys } from '#shared/ports/client-keys.ts'
import type { HttpClient } from '#shared/ports/http-client.ts'
import type { Random } from '#shared/ports/random.ts'
import type { ClientAssertions } from '#shared/ports/repositories/client-assertions.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { assertionAlgorithmsOf, verifyAssertionClaims } from '../authentication/client-assertion.ts'
import type { PresentedClient } from '../authentication/client-authentication.ts'
import { authenticationMethods, isByCertificate } from '../client/authentication-methods.ts'
import type { Client } from '../client/client.ts'
import { verifyClientSecret } from '../client/client-secret.ts'
import { clockSkew } from '../client/clock-skew.ts'
import { invalidClient } from '../errors.ts'
import type { SenderPorts } from './prove-keys.ts'
import type { verifyAwsIdentity } from './verify-aws-identity.ts'
import type { verifyClientAttestation } from './verify-client-attestation.ts'
import type { verifyClientCertificate } from './verify-client-certificate.ts'
import type { ExternalTokenPorts } from './verify-external-token.ts'
import type { verifyWorkloadIdentity } from './verify-workload-identity.ts'

export interface ClientAuthenticationPorts extends SenderPorts {
  readonly clients: Clients
  readonly assertionVerifier: ClientAssertionVerifier
  readonly clientAssertions: ClientAssertions
  readonly clientKeys: ClientKeys
  readonly random: Random
  readonly externalTokens: ExternalTokenPorts & { readonly stsClient: HttpClient }
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
    const registered = client.tokenEndpointAuthMethod
    if (!authenticationMethods(tenant).includes(registered)) throw failed('profile')
    switch (presented.method) {
      case 'client_secret_basic':
      case 'client_secret_post':
        verifyClientSecret(client, presented.secret)
        return client
      case 'private_key_jwt':
        if (registered === 'workload_identity') {
          await verifyWorkload(ports, tenant, client, presented.assertion.reveal(), now)
          return client
        }
        await useAssertion(ports, tenant, client, presented.assertion.reveal(), now)
        return client
      case 'workload_identity':
        await verifyAwsRole(ports, tenant, client, presented.assertion.reveal(), now)
        return client
      case 'attest_jwt_client_auth':
        await verifyAttestation(ports, tenant, client, presented.attestation, now)
        return client
      case 'none':
        if (registered !== 'none') {
          await verifyCertificate(ports, tenant, client, presented.certificate, now)
        }
        return client
    }
  }

/** Who is named by `client_id` alone may have shown a certificate instead. */
const isRegisteredWay = (
  { tokenEndpointAuthMethod: registered }: Client,
  method: PresentedClient['method'],
): boolean =>
  registered === method ||
  (method === 'none' && isByCertificate(registered)) ||
  (method === 'private_key_jwt' && registered === 'workload_identity')

/** Few clients are workloads elsewhere: what knows other issuers is loaded for those alone. */
async function verifyWorkload(
  { externalTokens }: ClientAuthenticationPorts,
  ...presented: Parameters<ReturnType<typeof verifyWorkloadIdentity>>
): Promise<void> {
  const module = await import('./verify-workload-identity.ts')
  await module.verifyWorkloadIdentity(externalTokens)(...presented)
}

async function verifyAwsRole(
  ports: ClientAuthenticationPorts,
  ...presented: Parameters<ReturnType<typeof verifyAwsIdentity>>
): Promise<void> {
  const module = await import('./verify-aws-identity.ts')
  await module.verifyAwsIdentity({ ...ports, ...ports.externalTokens })(...presented)
}

/** Few clients are attested: what reads attestations is loaded for those alone. */
async function verifyAttestation(
  ports: ClientAuthenticationPorts,
  ...presented: Parameters<ReturnType<typeof verifyClientAttestation>>
): Promise<void> {
  const module = await import('./verify-client-attestation.ts')
  await module.verifyClientAttestation(ports)(...presented)
}

/** Few clients show certificates: what reads them is loaded for those alone. */
async function verifyCertificate(
  ports: ClientAuthenticationPorts,
  ...shown: Parameters<ReturnType<typeof verifyClientCertificate>>
): Promise<void> {
  const module = await import('./verify-client-certificate.ts')
  await module.verifyClientCertificate(ports)(...shown)
}

/** Verifies an assertion and uses it up: a second use of its `jti` is refused. */
async function useAssertion(
  ports: ClientAuthenticationPorts,
  tenant: Tenant,
  client: Client,
  assertion: string,
  now: EpochSeconds,
): Promise<void> {
  const algorithms = assertionAlgorithmsOf(tenant, client)
  const claims = await ports.assertionVerifier.verify(assertion, client, algorithms)
  const { jti, expiresAt } = verifyAssertionClaims(
    claims,
    { tenant, mtlsOrigin: ports.mtlsOrigin },
    client,
    now,
  )
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

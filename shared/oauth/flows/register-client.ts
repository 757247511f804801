import { type ClientId, trusted } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { RegistrationRequest } from '../messages/registration-request.ts'
import type { ClientMetadata } from '../registration/client-metadata.ts'
import { toClient } from '../registration/client-registration.ts'
import { registeredMetadata, takesSecret } from '../registration/registered-metadata.ts'
import type { SentMetadata } from '../registration/registration-metadata.ts'
import {
  type RegistrationResponse,
  registrationResponse,
} from '../registration/registration-response.ts'
import { type RegisteredClient, registrationTokenHash } from '../registration/registration-token.ts'
import { type Admission, admit, spend } from './admit-registration.ts'
import { afterSingleUse } from './after-single-use.ts'
import { openStatement } from './open-statement.ts'
import { type RegistrationPorts, written } from './registration-ports.ts'
import { verifySector } from './verify-sector.ts'

/**
 * The client registration endpoint: makes a client of what it says of itself.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7591#section-3
 * @spec https://openid.net/specs/openid-connect-registration-1_0.html#ClientRegistration
 * @throws ProtocolError as RFC 7591 section 3.2.2 and RFC 6750 section 3.1 say
 */
export const registerClient =
  (ports: RegistrationPorts) =>
  async (tenant: Tenant, request: RegistrationRequest): Promise<RegistrationResponse> => {
    const now = ports.clock.now()
    const { address, statement } = request
    const admission = await admit(ports)(tenant, request, now)
    const sent = await metadataIn(ports, tenant, request, now)
    const id = trusted<ClientId>(`client-${ports.random.id()}`)
    const secret = takesSecret(sent) ? new Secret(ports.random.token()) : undefined
    const metadata = registeredMetadata(tenant, sent, admission.policy, { id, secret })
    await spend(ports)(tenant, admission, { client: id, address, now })
    const token = new Secret(ports.random.token())
    const client = newClient(tenant, metadata, { token, statement, by: admission.by }, now)
    await afterSingleUse(async () => {
      await verifySector(ports)(metadata)
      const event = written(ports, 'client-registered', { client: id, address, now })
      await ports.clientRegistrations.register(client, ...event)
    })
    return registrationResponse(tenant, client, { token, secret })
  }

/** What a statement says goes before what stands beside it. */
async function metadataIn(
  ports: RegistrationPorts,
  tenant: Tenant,
  { metadata, statement }: RegistrationRequest,
  now: EpochSeconds,
): Promise<SentMetadata> {
  if (statement === undefined) return metadata
  return { ...metadata, ...(await openStatement(ports)(tenant, statement, now)) }
}

const newClient = (
  tenant: Tenant,
  metadata: ClientMetadata,
  given: {
    readonly token: Secret
    readonly statement: string | undefined
    readonly by: Admission['by']
  },
  now: EpochSeconds,
): RegisteredClient => ({
  ...toClient(tenant.id, metadata, undefined, now),
  dynamicRegistration: {
    tokenHash: registrationTokenHash(given.token),
    issuedAt: now,
    ...(given.statement !== undefined && { softwareStatement: given.statement }),
    ...(typeof given.by === 'object' && { policy: given.by.policy }),
  },
})

import { equalInConstantTime } from '#shared/kernel/digest.ts'
import { Secret } from '#shared/kernel/secret.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { invalidClientMetadata } from '../errors.ts'
import type { ManagementRequest } from '../messages/registration-request.ts'
import { clientSecretHash, replacing, toClient } from '../registration/client-registration.ts'
import { registeredMetadata, takesSecret } from '../registration/registered-metadata.ts'
import type { SentMetadata } from '../registration/registration-metadata.ts'
import { policyForChange } from '../registration/registration-policy.ts'
import {
  type RegistrationResponse,
  registrationResponse,
} from '../registration/registration-response.ts'
import {
  type RegisteredClient,
  verifyRegistrationToken,
} from '../registration/registration-token.ts'
import { claimsOfStatement, metadataAmong } from '../registration/software-statement.ts'
import { openStatement } from './open-statement.ts'
import { type ManagementPorts, written } from './registration-ports.ts'
import { verifySector } from './verify-sector.ts'

type Update = Extract<ManagementRequest['action'], { readonly kind: 'update' }>

/**
 * The client configuration endpoint: tells, replaces or removes a registration.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7592#section-2
 * @returns `undefined` when there is nothing left to tell
 * @throws ProtocolError as RFC 7591 section 3.2.2 and RFC 6750 section 3.1 say
 */
export const manageRegistration =
  (ports: ManagementPorts) =>
  async (
    tenant: Tenant,
    { id, token, address, action }: ManagementRequest,
  ): Promise<RegistrationResponse | undefined> => {
    const now = ports.clock.now()
    const client = verifyRegistrationToken(await ports.clients.find(tenant.id, id), token)
    const about = { client: id, address, now }
    switch (action.kind) {
      case 'read':
        return registrationResponse(tenant, client, { token })
      case 'remove':
        await ports.clientRegistrations.remove(
          tenant.id,
          id,
          now,
          ...written(ports, 'client-removed', about),
        )
        return undefined
      case 'update': {
        const { changed, secret } = await change(ports, tenant, client, action, now)
        const event = written(ports, 'client-registered', about)
        const outcome = await ports.clientRegistrations.replace(changed, ...event)
        if (outcome === 'gone') verifyRegistrationToken(undefined, token)
        return registrationResponse(tenant, changed, { token, secret })
      }
    }
  }

/** What the client becomes, and its secret where it has been told just now. */
async function change(
  ports: ManagementPorts,
  tenant: Tenant,
  client: RegisteredClient,
  update: Update,
  now: EpochSeconds,
): Promise<{ readonly changed: RegisteredClient; readonly secret: Secret | undefined }> {
  verifyUnchanged(client, update.metadata)
  const sent = { ...update.metadata, ...(await statedIn(ports, tenant, client, update, now)) }
  const drawn = takesSecret(sent) ? new Secret(ports.random.token()) : undefined
  const policy = policyForChange(tenant, client)
  const metadata = registeredMetadata(tenant, sent, policy, { id: client.id, secret: drawn })
  await verifySector(ports)(metadata)
  const declared = toClient(tenant.id, metadata, undefined, now)
  const keeps = drawn !== undefined && client.secretHashes.length > 0
  const secretHashes = keeps ? client.secretHashes : declared.secretHashes
  const softwareStatement = update.statement ?? client.dynamicRegistration.softwareStatement
  const changed = {
    ...replacing(client, { ...declared, secretHashes }, now),
    dynamicRegistration: {
      ...client.dynamicRegistration,
      ...(softwareStatement !== undefined && { softwareStatement }),
    },
  }
  return { changed, secret: keeps ? undefined : drawn }
}

/** A client that a statement vouches for stays what it says, unless another one says otherwise. */
async function statedIn(
  ports: ManagementPorts,
  tenant: Tenant,
  { dynamicRegistration }: RegisteredClient,
  { statement }: Update,
  now: EpochSeconds,
): Promise<SentMetadata> {
  const { softwareStatement: verified } = dynamicRegistration
  if (statement !== undefined && statement !== verified) {
    return openStatement(ports)(tenant, statement, now)
  }
  return verified === undefined ? {} : metadataAmong(claimsOfStatement(verified))
}

/**
 * Refuses an update that names another client, or another secret than the present one.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7592#section-2.2
 * @throws ProtocolError `invalid_client_metadata`
 */
function verifyUnchanged(client: RegisteredClient, sent: SentMetadata): void {
  if (sent['client_id'] !== client.id) {
    throw invalidClientMetadata(
      'oauth/registration/client-id',
      'client_id: must be the present one',
    )
  }
  const { client_secret: secret } = sent
  if (secret === undefined || secret === null) return
  const hash = clientSecretHash(new Secret(String(secret)))
  if (client.secretHashes.some((stored) => equalInConstantTime(stored, hash))) return
  throw invalidClientMetadata(
    'oauth/registration/client-secret',
    'client_secret: must be the present one',
  )
}

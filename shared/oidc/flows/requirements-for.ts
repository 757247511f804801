import { trusted, type UserId } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { invalidRequest } from '#shared/oauth/errors.ts'
import { findResources } from '#shared/oauth/flows/find-resources.ts'
import { userKnownAs } from '#shared/oauth/flows/subjects.ts'
import { verifyEntitlement } from '#shared/oauth/token/resource-entitlement.ts'
import type { ResourceServers } from '#shared/ports/repositories/resource-servers.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { TokenVerifier } from '#shared/ports/token-verifier.ts'
import type { Session } from '#shared/session/session.ts'
import type { Requirements } from '#shared/signin/interaction.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { readIdTokenHint } from '../id-token-hint.ts'
import type { AuthorizationRequest } from '../messages/authorization-request.ts'
import { requirementsOf } from '../requirements.ts'

export interface RequirementPorts {
  readonly idTokens: TokenVerifier
  readonly resourceServers: Pick<ResourceServers, 'find'>
  readonly sealer: Sealer
}

interface Asking {
  readonly tenant: Tenant
  readonly client: Client
  readonly request: AuthorizationRequest
  readonly session: Session | undefined
  readonly now: EpochSeconds
}

/**
 * Decides what a request that has just arrived asks of the person, once all that it names is known.
 *
 * @throws ProtocolError `invalid_target`, `invalid_request` or `unmet_authentication_requirements`
 */
export const requirementsFor =
  (ports: RequirementPorts) =>
  async (asking: Asking): Promise<Requirements> => {
    const { tenant, client, request } = asking
    const resources = await findResources(ports, tenant, request.resources)
    if (client.skipConsent) verifyEntitlement(client, resources)
    return requirementsOf({ ...asking, resources, subject: await requestedUser(ports, asking) })
  }

/** Nobody who signs in is called that. */
const nobody = trusted<UserId>('')

/** The user that `claims` or a verified `id_token_hint` names. */
async function requestedUser(
  ports: RequirementPorts,
  { tenant, client, request: { subject, idTokenHint } }: Asking,
): Promise<UserId | undefined> {
  if (subject !== undefined) {
    return (await userKnownAs(ports)(tenant, client, subject)) ?? nobody
  }
  if (idTokenHint === undefined) return undefined
  const hint = readIdTokenHint(await ports.idTokens.verify(tenant, 'JWT', idTokenHint))
  const user = hint && (await userKnownAs(ports)(tenant, client, hint.subject))
  if (user !== undefined) return user
  throw invalidRequest('oidc/id-token-hint', 'id_token_hint is not an ID token of this issuer')
}

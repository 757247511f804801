import type { Secret } from '#shared/kernel/secret.ts'
import type { RegistrationPolicy } from '#shared/tenant/self-registration.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { ClientMetadata } from './client-metadata.ts'
import {
  metadataRefusal,
  parseRegistrationMetadata,
  type SentMetadata,
} from './registration-metadata.ts'
import { applyPolicy } from './registration-policy.ts'
import { problemsOfSector } from './sector-rules.ts'
import { problemsWithTenant } from './tenant-client-rules.ts'

/** True where the client is to prove itself by a secret that we give it. */
export const takesSecret = ({ token_endpoint_auth_method: method }: SentMetadata): boolean =>
  [undefined, null, '', 'client_secret_basic', 'client_secret_post'].some((each) => each === method)

/**
 * The metadata that a client is registered with: what it sent, in the bounds of tenant and policy.
 *
 * @throws ProtocolError `invalid_redirect_uri` or `invalid_client_metadata`
 */
export function registeredMetadata(
  tenant: Pick<Tenant, 'settings'>,
  sent: SentMetadata,
  policy: RegistrationPolicy,
  given: { readonly id: string; readonly secret?: Secret | undefined },
): ClientMetadata {
  const { id, secret } = given
  const own = { client_id: id, ...(secret && { client_secret: secret.reveal() }) }
  const metadata = applyPolicy(parseRegistrationMetadata(sent, own), policy)
  const [problem] = [...problemsWithTenant(metadata, tenant), ...problemsOfSector(metadata)]
  if (problem === undefined) return metadata
  throw metadataRefusal(problem.path, problem.message)
}

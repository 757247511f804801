import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { PresentedKeys } from '../client-authentication.ts'
import { endpointUrls } from '../endpoint-urls.ts'
import { confirmationFor } from '../sender-constraint.ts'
import type { GrantContext } from './grant-context.ts'
import { type ProofPorts, proveKey } from './prove-key.ts'

export interface SenderPorts extends ProofPorts {
  /** Scheme and host at which clients show certificates, where there is one. */
  readonly mtlsOrigin: string | undefined
}

/**
 * Finds the key that what an endpoint issues is bound to; without proof and certificate it is cheap.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-5
 * @spec https://www.rfc-editor.org/rfc/rfc8705#section-3
 * @param path of the endpoint below the issuer
 * @throws ProtocolError `invalid_dpop_proof`, `use_dpop_nonce` or `invalid_request`
 */
export const constrainSender =
  (ports: SenderPorts) =>
  async (
    { tenant, client, now }: Pick<GrantContext, 'tenant' | 'client' | 'now'>,
    { proof, certificate }: PresentedKeys,
    path: string,
  ): Promise<Pick<GrantContext, 'confirmation' | 'useProof'>> => {
    const target = { method: 'POST', urls: endpointUrls(tenant.issuer, path, ports.mtlsOrigin) }
    const proven = proof && (await proveKey(ports)(tenant, proof, target, now))
    const confirmation = confirmationFor(tenant, client, { jkt: proven?.jkt, certificate })
    return withoutAbsent({ confirmation, useProof: proven?.use })
  }

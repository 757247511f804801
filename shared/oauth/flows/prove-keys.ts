import type { EpochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { PresentedKeys } from '../authentication/client-authentication.ts'
import { endpointUrls } from '../metadata/endpoint-urls.ts'
import type { ProvenKeys } from '../possession/sender-constraint.ts'
import { type ProofPorts, verifyDpopProof } from './verify-dpop-proof.ts'

export interface SenderPorts extends ProofPorts {
  /** Scheme and host at which clients show certificates, where there is one. */
  readonly mtlsOrigin: string | undefined
}

/** The keys that a request has proved to hold, and how the proof is used up. */
export interface ProvenSender extends ProvenKeys {
  readonly useProof?: () => Promise<void>
}

/**
 * Verifies the proof of a request to an endpoint where clients authenticate; without one it does nothing.
 *
 * It comes before the client is authenticated: whoever has to repeat the proof with a nonce shall not
 * have used a client assertion up in vain.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-5
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-8
 * @param path of the endpoint below the issuer
 * @throws ProtocolError `invalid_dpop_proof` or `use_dpop_nonce`
 */
export const proveKeys =
  (ports: SenderPorts) =>
  async (
    tenant: Tenant,
    { proof, certificate }: PresentedKeys,
    path: string,
    now: EpochSeconds,
  ): Promise<ProvenSender> => {
    const target = { method: 'POST', urls: endpointUrls(tenant.issuer, path, ports.mtlsOrigin) }
    const proven = proof && (await verifyDpopProof(ports)(tenant, proof, target, now))
    return withoutAbsent({ jkt: proven?.jkt, certificate, useProof: proven?.use })
  }

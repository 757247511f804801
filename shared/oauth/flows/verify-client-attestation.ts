import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { ClientAssertionVerifier } from '#shared/ports/client-assertion-verifier.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { assertionAlgorithmsOf } from '../authentication/client-assertion.ts'
import {
  type ClientAttestation,
  verifyAttestation,
  verifyAttestationProof,
} from '../authentication/client-attestation.ts'
import type { Client } from '../client/client.ts'
import { invalidClient, useAttestationChallenge } from '../errors.ts'
import { openNonce } from './open-nonce.ts'
import { useProof } from './use-proof.ts'
import type { ProofPorts } from './verify-dpop-proof.ts'

/**
 * Authenticates an instance of a client: its attester vouches for its key, and it proves to hold it.
 *
 * The keys that such a client registers are those of its attester.
 *
 * @spec https://datatracker.ietf.org/doc/html/draft-ietf-oauth-attestation-based-client-auth-10#section-7
 * @throws ProtocolError `invalid_client`, `use_fresh_attestation` or `use_attestation_challenge`
 */
export const verifyClientAttestation =
  (ports: ProofPorts & { readonly assertionVerifier: ClientAssertionVerifier }) =>
  async (
    tenant: Tenant,
    client: Client,
    { jwt, proof }: ClientAttestation,
    now: EpochSeconds,
  ): Promise<void> => {
    const algorithms = assertionAlgorithmsOf(tenant, client)
    verifyAttestation(await ports.assertionVerifier.verify(jwt.reveal(), client, algorithms), now)
    const claims = await ports.proofVerifier.verify(proof)
    const challenge = claims && (await openNonce(ports)(tenant, claims['challenge'], now))
    if (challenge === 'worthless') {
      const description = 'the proof needs the challenge of this answer'
      throw useAttestationChallenge('oauth/client/attestation-challenge', description)
    }
    const jti = verifyAttestationProof(claims, tenant.issuer, challenge === 'fresh', now)
    if (await useProof(ports)(tenant, { jkt: proof.jkt, jti }, now)) return
    throw invalidClient('oauth/client/attestation-replayed', 'client authentication failed')
  }

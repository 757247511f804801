import type { EpochSeconds } from '#shared/kernel/time.ts'
import type { ProofVerifier } from '#shared/ports/proof-verifier.ts'
import type { Random } from '#shared/ports/random.ts'
import type { UsedProofs } from '#shared/ports/repositories/used-proofs.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { invalidDpopProof, useDpopNonce } from '../errors.ts'
import { dpopAlgorithms } from '../possession/dpop-algorithms.ts'
import { type ProofTarget, verifyDpopClaims } from '../possession/dpop-claims.ts'
import type { DpopProof } from '../possession/dpop-proof.ts'
import { openNonce } from './open-nonce.ts'
import { useProof } from './use-proof.ts'

export interface ProofPorts {
  readonly proofVerifier: ProofVerifier
  readonly usedProofs: UsedProofs
  readonly sealer: Sealer
  readonly random: Random
}

/** A key whose possession is proved for one request. */
export interface ProvenKey {
  readonly jkt: string
  /** Uses the proof up; strangers prove keys as well, so only once there is something to be done for it. */
  use(): Promise<void>
}

/**
 * Verifies a DPoP proof for a request; nothing is written until it is used up.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-4.3
 * @throws ProtocolError `invalid_dpop_proof` or `use_dpop_nonce`
 */
export const verifyDpopProof =
  (ports: ProofPorts) =>
  async (
    tenant: Tenant,
    proof: DpopProof,
    target: ProofTarget,
    now: EpochSeconds,
  ): Promise<ProvenKey> => {
    if (!dpopAlgorithms(tenant).includes(proof.algorithm)) {
      throw invalidDpopProof('oauth/dpop/algorithm', 'the DPoP proof is malformed')
    }
    const claims = await ports.proofVerifier.verify(proof)
    const nonce = claims && (await openNonce(ports)(tenant, claims['nonce'], now))
    if (nonce === 'worthless') {
      throw useDpopNonce('oauth/dpop/nonce', 'the DPoP proof needs the nonce of this answer')
    }
    const jti = verifyDpopClaims(claims, target, nonce === 'fresh', now)
    const { jkt } = proof
    return {
      jkt,
      async use() {
        if (await useProof(ports)(tenant, { jkt, jti }, now)) return
        throw invalidDpopProof('oauth/dpop/replayed', 'the DPoP proof has been used before')
      },
    }
  }

import { type AttemptId, trusted } from '#shared/kernel/ids.ts'
import { readVersioned } from '#shared/kernel/sealed-content.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import type { ProofVerifier } from '#shared/ports/proof-verifier.ts'
import type { Random } from '#shared/ports/random.ts'
import type { UsedProofs } from '#shared/ports/repositories/used-proofs.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { dpopAlgorithms } from '../dpop-algorithms.ts'
import { type ProofTarget, proofMarkerLifetime, verifyDpopClaims } from '../dpop-claims.ts'
import { type DpopNonce, isFreshNonce } from '../dpop-nonce.ts'
import type { DpopProof } from '../dpop-proof.ts'
import { invalidDpopProof, useDpopNonce } from '../errors.ts'

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
export const proveKey =
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
    const hasNonce =
      claims !== undefined && (await verifyNonce(ports, tenant, claims['nonce'], now))
    const jti = verifyDpopClaims(claims, target, hasNonce, now)
    const { jkt } = proof
    return { jkt, use: () => useUp(ports, tenant, { jkt, jti }, now) }
  }

/** Answers whether there is a nonce; one that is not fresh, or missing where it must be, is asked for. */
async function verifyNonce(
  ports: ProofPorts,
  tenant: Tenant,
  nonce: unknown,
  now: EpochSeconds,
): Promise<boolean> {
  if (nonce === undefined && tenant.settings.requiresDpopNonce !== true) return false
  const opened =
    typeof nonce === 'string' ? await ports.sealer.open('nonce', tenant.id, nonce) : undefined
  const ours = readVersioned<DpopNonce>(opened)
  if (ours !== undefined && isFreshNonce(ours, now)) return true
  throw useDpopNonce('oauth/dpop/nonce', 'the DPoP proof needs the nonce of this answer')
}

async function useUp(
  ports: ProofPorts,
  tenant: Tenant,
  { jkt, jti }: { readonly jkt: string; readonly jti: string },
  now: EpochSeconds,
): Promise<void> {
  const attempt = trusted<AttemptId>(ports.random.id())
  const expiresAt = plus(now, proofMarkerLifetime)
  const used = await ports.usedProofs.use(tenant.id, jkt, jti, expiresAt, attempt)
  if (used === 'fresh') return
  throw invalidDpopProof('oauth/dpop/replayed', 'the DPoP proof has been used before')
}

import type { DpopProof } from '#shared/oauth/possession/dpop-proof.ts'

/** Verifies the signature of a proof of possession; its claims are left to the rules. */
export interface ProofVerifier {
  /** Answers the claims, or `undefined` when the key of the proof did not sign it. */
  verify(
    proof: Pick<DpopProof, 'jwt' | 'key' | 'algorithm'>,
  ): Promise<Readonly<Record<string, unknown>> | undefined>
}

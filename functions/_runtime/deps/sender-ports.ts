import { proofVerifier } from '#shared/node/proof-verifier.ts'
import { mtlsOrigin, random } from './node.ts'
import { sealer } from './sealer.ts'
import { usedProofs } from './store.ts'

/** Everything that proofs of possession need. */
export const senderPorts = {
  mtlsOrigin,
  proofVerifier,
  random,
  sealer,
  usedProofs,
}

import { proofVerifier } from '#shared/node/proof-verifier.ts'
import { config } from '../config.ts'
import { random } from './node.ts'
import { sealer } from './sealer.ts'
import { usedProofs } from './store.ts'

/** Everything that proofs of possession need. */
export const senderPorts = {
  mtlsOrigin: config.mtlsOrigin,
  proofVerifier,
  random,
  sealer,
  usedProofs,
}

import { tokenVerifier as verifierOf } from '#shared/node/token-verifier.ts'
import { keyRing } from './key-ring.ts'
import { clock } from './node.ts'

export const tokenVerifier = verifierOf(keyRing, clock)

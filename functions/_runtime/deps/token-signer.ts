import { tokenSigner as signerOf } from '#shared/aws/token-signer.ts'
import { keyRing } from './key-ring.ts'
import { kms } from './kms.ts'
import { clock } from './node.ts'

export const tokenSigner = signerOf({ ring: keyRing, kms, clock })

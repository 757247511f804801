import { offerNonce } from '#shared/oauth/flows/offer-nonce.ts'
import { clock } from './node.ts'
import { sealer } from './sealer.ts'

export const proofNonce = offerNonce({ sealer, clock })

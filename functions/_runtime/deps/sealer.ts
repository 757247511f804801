import { wrappedSealer } from '#shared/aws/wrapped-sealer.ts'
import { kms } from './kms.ts'
import { clock, random } from './node.ts'
import { sealingKeys } from './sealing-keys.ts'

export const sealer = wrappedSealer({ sealingKeys, kms, clock, random })

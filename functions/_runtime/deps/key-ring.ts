import { keyRing as rememberedKeys } from '#shared/node/key-ring.ts'
import { clock } from './node.ts'
import { signingKeys } from './signing-keys.ts'

export const keyRing = rememberedKeys(signingKeys, clock)

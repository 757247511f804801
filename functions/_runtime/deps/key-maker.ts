import { kmsKeyMaker } from '#shared/aws/key-maker.ts'
import { kms } from './kms.ts'
import { clock, random } from './node.ts'

export const keyMaker = kmsKeyMaker({ kms, clock, random })

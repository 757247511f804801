import { wrappedSealer } from '#shared/aws/wrapped-sealer.ts'
import { dynamoSealingKeys } from '#shared/store/sealing-keys.ts'
import { kms } from './kms.ts'
import { clock, random } from './node.ts'
import { table } from './table.ts'

export const sealer = wrappedSealer({ sealingKeys: dynamoSealingKeys(table), kms, clock, random })

import { dynamoSealingKeys } from '#shared/store/sealing-keys.ts'
import { table } from './table.ts'

export const sealingKeys = dynamoSealingKeys(table)

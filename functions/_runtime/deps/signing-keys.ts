import { dynamoSigningKeys } from '#shared/store/signing-keys.ts'
import { table } from './table.ts'

export const signingKeys = dynamoSigningKeys(table)

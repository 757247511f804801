import { type Kms, kmsClient } from '#shared/aws/kms.ts'
import { config } from '../config.ts'

/** KMS under the function's own role, with the key that wraps all others. */
export const kms: Kms = { client: kmsClient(), wrappingKeyArn: config.wrappingKeyArn }

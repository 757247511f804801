import type { PhcString } from '#shared/authn/password-record.ts'
import type { Secret } from '#shared/kernel/secret.ts'

export interface PasswordHasher {
  hash(password: Secret): Promise<PhcString>
  /** Takes as long for an absent hash as for a present one, so that time tells nothing of the user. */
  verify(phc: PhcString | undefined, password: Secret): Promise<boolean>
}

import type { Secret } from '#shared/kernel/secret.ts'

/** What a person typed, and from where; all of it unverified. */
export interface PasswordAttempt {
  readonly userName: string
  readonly password: Secret
  readonly address: string
}

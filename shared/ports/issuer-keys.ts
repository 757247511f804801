import type { TrustedIssuer } from '#shared/oauth/trust/trusted-issuer.ts'
import type { KeyHolder } from './client-keys.ts'

/** Finds where a trusted issuer has its keys. */
export interface IssuerKeys {
  /** Answers the keys, or the place where they are; `undefined` while its metadata cannot be read. */
  holderOf(trusted: TrustedIssuer): Promise<KeyHolder | undefined>
}

import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import type { KeyHolder } from './client-keys.ts'

/** Verifies the signature of a JWT with one of a client's own keys; its claims are left to the rules. */
export interface ClientAssertionVerifier {
  /**
   * Answers the claims, or `undefined` when no key verifies it.
   *
   * @param assertion unverified
   * @param algorithms those that may have signed it
   */
  verify(
    assertion: string,
    client: KeyHolder,
    algorithms: readonly SigningAlgorithm[],
  ): Promise<Readonly<Record<string, unknown>> | undefined>
}

import type { PublicJwk } from '#shared/oauth/client.ts'

/** Verifies the signature of a JWT with one of a client's own keys; its claims are left to the rules. */
export interface ClientAssertionVerifier {
  /** Answers the claims, or `undefined` when no key verifies it. @param assertion unverified */
  verify(
    assertion: string,
    keys: readonly PublicJwk[],
  ): Promise<Readonly<Record<string, unknown>> | undefined>
}

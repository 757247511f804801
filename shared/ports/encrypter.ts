import type { ContentEncryptionAlgorithm, KeyManagementAlgorithm } from '#shared/jose/algorithms.ts'
import type { PublicJwk } from '#shared/oauth/client/client.ts'

/** How something is encrypted to a client. */
export interface EncryptionHeader {
  readonly alg: KeyManagementAlgorithm
  readonly enc: ContentEncryptionAlgorithm
  /** What is inside is a JWT of its own: signed first, encrypted then. */
  readonly cty?: 'JWT'
}

/** Encrypts to the keys of others; we have none of our own to decrypt with. */
export interface Encrypter {
  /** Answers the compact JWE, or `undefined` when none of the keys fits the algorithm. */
  encrypt(
    content: string,
    keys: readonly PublicJwk[],
    header: EncryptionHeader,
  ): Promise<string | undefined>
}

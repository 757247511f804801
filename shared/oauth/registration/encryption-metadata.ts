import {
  type ProtectedResponse,
  protectedResponses,
  type ResponseProtectionMetadata,
} from '../client/response-protection.ts'

const isEncrypted = (metadata: ResponseProtectionMetadata, response: ProtectedResponse): boolean =>
  metadata[`${response}_encrypted_response_alg`] !== undefined

/** True when a key of the client is needed to answer it. */
export const encryptsAnswers = (metadata: ResponseProtectionMetadata): boolean =>
  protectedResponses.some((response) => isEncrypted(metadata, response))

/**
 * Lists the answers of which it is said how they are encrypted, and not that they are.
 *
 * @spec https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata
 */
export const problemsOfEncryption = (
  metadata: ResponseProtectionMetadata,
): readonly { readonly path: readonly string[]; readonly message: string }[] =>
  protectedResponses
    .filter((response) => metadata[`${response}_encrypted_response_enc`] !== undefined)
    .filter((response) => !isEncrypted(metadata, response))
    .map((response) => ({
      path: [`${response}_encrypted_response_enc`],
      message: `needs ${response}_encrypted_response_alg beside it`,
    }))

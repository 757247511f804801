import { z } from 'zod'
import {
  contentEncryptionAlgorithms,
  keyManagementAlgorithms,
  signingAlgorithms,
} from '#shared/jose/algorithms.ts'
import type { ResponseProtection } from './client.ts'

const signing = z.enum(signingAlgorithms).exactOptional()
const encryption = z.enum(keyManagementAlgorithms).exactOptional()
const content = z.enum(contentEncryptionAlgorithms).exactOptional()

/** The metadata that say how answers to the client are signed and encrypted, four times alike. */
export const responseProtectionMembers = {
  id_token_signed_response_alg: signing,
  id_token_encrypted_response_alg: encryption,
  id_token_encrypted_response_enc: content,
  userinfo_signed_response_alg: signing,
  userinfo_encrypted_response_alg: encryption,
  userinfo_encrypted_response_enc: content,
  introspection_signed_response_alg: signing,
  introspection_encrypted_response_alg: encryption,
  introspection_encrypted_response_enc: content,
  authorization_signed_response_alg: signing,
  authorization_encrypted_response_alg: encryption,
  authorization_encrypted_response_enc: content,
}

export const protectedResponses = [
  'id_token',
  'userinfo',
  'introspection',
  'authorization',
] as const

export type ProtectedResponse = (typeof protectedResponses)[number]

/** The members of one of the four, as registered. */
export type ResponseProtectionMetadata = {
  readonly [Name in keyof typeof responseProtectionMembers]?: Exclude<
    z.output<(typeof responseProtectionMembers)[Name]>,
    undefined
  >
}

/** Reads the protection of one kind of answer; `undefined` when the client asks for nothing special. */
export function responseProtection(
  metadata: ResponseProtectionMetadata,
  response: ProtectedResponse,
): ResponseProtection | undefined {
  const signingAlg = metadata[`${response}_signed_response_alg`]
  const encryptionAlg = metadata[`${response}_encrypted_response_alg`]
  if (signingAlg === undefined && encryptionAlg === undefined) return undefined
  const encryptionEnc = metadata[`${response}_encrypted_response_enc`] ?? 'A128CBC-HS256'
  return {
    ...(signingAlg !== undefined && { signingAlg }),
    ...(encryptionAlg !== undefined && { encryptionAlg, encryptionEnc }),
  }
}

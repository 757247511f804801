import { DecryptCommand, KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms'
import { clientSettings } from './client-settings.ts'
import { unavailableOr } from './unavailable.ts'

/** KMS, and the symmetric key in it that encrypts every key we store. */
export interface Kms {
  readonly client: KMSClient
  readonly wrappingKeyArn: string
}

/** What a wrapped key is for; KMS refuses to decrypt it under any other, and roles are held to `kind`. */
export interface EncryptionContext {
  readonly kind: string
  readonly tenant?: string
  readonly id: string
}

export const kmsClient = (config: KMSClientConfig = {}): KMSClient =>
  new KMSClient({ ...clientSettings, ...config })

/** Awaits a call to KMS; nothing is ever committed by one that fails. */
export async function asking<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw unavailableOr(error, 'read')
  }
}

/** The part of an answer that KMS always gives, although the SDK's types do not say so. */
export function given<T>(part: T | undefined, name: string): T {
  if (part === undefined) throw new Error(`KMS answered without ${name}`)
  return part
}

/** Decrypts a wrapped key and hands its bytes to `use`, then overwrites them. */
export async function unwrap<T>(
  { client, wrappingKeyArn }: Kms,
  wrapped: Uint8Array,
  context: EncryptionContext,
  use: (key: Buffer) => T,
): Promise<T> {
  const { Plaintext: plaintext } = await asking(
    client.send(
      new DecryptCommand({
        KeyId: wrappingKeyArn,
        CiphertextBlob: wrapped,
        EncryptionContext: { ...context },
      }),
    ),
  )
  const bytes = Buffer.from(given(plaintext, 'Plaintext'))
  try {
    return use(bytes)
  } finally {
    bytes.fill(0)
    plaintext?.fill(0)
  }
}

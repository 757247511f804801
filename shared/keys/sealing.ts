import { createCipheriv, createDecipheriv, createHmac, hkdfSync, type KeyObject } from 'node:crypto'
import { decodeBase64url, encodeBase64url } from '#shared/kernel/base64url.ts'
import type { TenantId } from '#shared/kernel/ids.ts'
import type { SealingKind } from './sealing-key.ts'

/** What a sealed text is bound to; opened under any other, it is nothing. */
export interface SealingContext {
  readonly kind: SealingKind
  readonly tenant: TenantId
  readonly keyId: string
}

/** Bytes of the salt that gives every message its own key and nonce. */
export const saltBytes = 16

const tagBytes = 16
const keyBytes = 32
const nonceBytes = 12
const cipher = 'aes-256-gcm'

/** No part can hold the separator, so no two contexts share their bytes. */
const associatedData = ({ kind, tenant, keyId }: SealingContext): Buffer =>
  Buffer.from(['sallyport seal 1', kind, tenant, keyId].join('\0'))

function deriveMessageKey(key: KeyObject, context: SealingContext, salt: Uint8Array) {
  const derived = hkdfSync('sha256', key, salt, associatedData(context), keyBytes + nonceBytes)
  return {
    key: Buffer.from(derived, 0, keyBytes),
    nonce: Buffer.from(derived, keyBytes, nonceBytes),
  }
}

/**
 * Encrypts and authenticates `content`; answers `<key id>.<salt, ciphertext and tag in base64url>`.
 *
 * @param salt `saltBytes` bytes that no other content has been sealed with
 * @spec https://www.rfc-editor.org/rfc/rfc5869#section-2 HKDF
 */
export function seal(
  key: KeyObject,
  context: SealingContext,
  content: Uint8Array,
  salt: Uint8Array,
): string {
  const message = deriveMessageKey(key, context, salt)
  const gcm = createCipheriv(cipher, message.key, message.nonce, { authTagLength: tagBytes })
  gcm.setAAD(associatedData(context))
  const sealed = Buffer.concat([salt, gcm.update(content), gcm.final(), gcm.getAuthTag()])
  return `${context.keyId}.${encodeBase64url(sealed)}`
}

/**
 * Seals with a salt made from the content, so that equal contents give equal texts and no others meet.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc5297#section-1.3.1 the idea: the nonce is a PRF of the content
 */
export function sealDeterministically(
  key: KeyObject,
  context: SealingContext,
  content: Uint8Array,
): string {
  const saltKey = hkdfSync('sha256', key, '', 'sallyport seal 1 deterministic salt', keyBytes)
  const prf = createHmac('sha256', Buffer.from(saltKey))
  const salt = prf.update(associatedData(context)).update('\0').update(content).digest()
  return seal(key, context, content, salt.subarray(0, saltBytes))
}

/** The id of the key that a text claims to be sealed with. @param sealed unverified */
export function keyIdOf(sealed: string): string | undefined {
  const end = sealed.indexOf('.')
  return end > 0 ? sealed.slice(0, end) : undefined
}

/** Answers the content, or `undefined` for anything that was not sealed so. @param sealed unverified */
export function open(
  key: KeyObject,
  context: SealingContext,
  sealed: string,
): Uint8Array | undefined {
  const prefix = `${context.keyId}.`
  const bytes = sealed.startsWith(prefix) && decodeBase64url(sealed.slice(prefix.length))
  if (!bytes || bytes.length < saltBytes + tagBytes) return undefined
  const message = deriveMessageKey(key, context, bytes.subarray(0, saltBytes))
  const gcm = createDecipheriv(cipher, message.key, message.nonce, { authTagLength: tagBytes })
  gcm.setAAD(associatedData(context))
  gcm.setAuthTag(bytes.subarray(-tagBytes))
  try {
    return Buffer.concat([gcm.update(bytes.subarray(saltBytes, -tagBytes)), gcm.final()])
  } catch {
    return undefined
  }
}

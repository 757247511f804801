import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js'

/** A way of signing a message as it is, whatever it hashes inside. */
export interface MessageScheme {
  sign(key: KeyObject, message: Uint8Array): Uint8Array
  verify(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean
}

/** Ed25519, or ML-DSA with an empty context: the key tells which. */
export const wholeMessage: MessageScheme = {
  sign: (key, message) => sign(null, message, key),
  verify: (key, message, signature) => verify(null, message, createPublicKey(key), signature),
}

function expandedKey(key: KeyObject) {
  const { priv } = { ...key.export({ format: 'jwk' }) }
  return ml_dsa44.keygen(Buffer.from(String(priv), 'base64url'))
}

const externalMu = { externalMu: true } as const

/** ML-DSA-44 of a message representative, which `node:crypto` does not take. */
export const mlDsaRepresentative: MessageScheme = {
  sign: (key, representative) =>
    ml_dsa44.internal.sign(representative, expandedKey(key).secretKey, externalMu),
  verify: (key, representative, signature) =>
    signature.length === ml_dsa44.lengths.signature &&
    ml_dsa44.internal.verify(signature, representative, expandedKey(key).publicKey, externalMu),
}

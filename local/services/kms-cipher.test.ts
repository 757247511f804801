import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decrypt, encrypt, keyIdOf } from './kms-cipher.ts'

const secret = randomBytes(32)
const plaintext = Buffer.from('a private key')

test('KMS ciphertext: the order of the encryption context does not matter, its content does', () => {
  const blob = encrypt('key-1', secret, plaintext, { b: '2', a: '1' })
  expect(decrypt(secret, blob, { a: '1', b: '2' })).toEqual(plaintext)
  expect(() => decrypt(secret, blob, { a: '1' })).toThrow()
  expect(() => decrypt(secret, blob, { a: '1', b: '2', c: '' })).toThrow()
})

test('KMS ciphertext: it names its key, and another key of the same secret is not enough', () => {
  const blob = encrypt('key-1', secret, plaintext, {})
  expect(keyIdOf(blob)).toBe('key-1')
  const renamed = Buffer.from(blob)
  renamed.write('key-2', 2)
  expect(() => decrypt(secret, renamed, {})).toThrow()
})

test('KMS ciphertext: any changed or lost byte is InvalidCiphertextException', () => {
  const blob = encrypt('key-1', secret, plaintext, { kind: 'signing' })
  const place = fc.nat(blob.length - 1)
  fc.assert(
    fc.property(place, fc.integer({ min: 1, max: 255 }), (index, flip) => {
      const changed = Buffer.from(blob)
      changed.writeUInt8(changed.readUInt8(index) ^ flip, index)
      const open = (bytes: Buffer) => () => decrypt(secret, bytes, { kind: 'signing' })
      expect(open(changed)).toThrow(expect.objectContaining({ code: 'InvalidCiphertextException' }))
      expect(open(blob.subarray(0, index))).toThrow()
    }),
  )
})

import { generateKeyPairSync, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { es256Signature } from './ecdsa-signature.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

test('rfc7518 section 3.4: an ES256 signature is R and S, each 32 bytes', () => {
  for (let count = 0; count < 200; count += 1) {
    const message = Buffer.from(`message ${count}`)
    const signature = es256Signature(sign('sha256', message, privateKey))
    expect(signature).toHaveLength(64)
    const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
    expect(verify('sha256', message, key, signature)).toBe(true)
  }
})

test('short numbers keep their place', () => {
  const der = Buffer.from('30070202008102017f', 'hex')
  const signature = Buffer.from(es256Signature(der)).toString('hex')
  expect(signature).toBe(`${'00'.repeat(31)}81${'00'.repeat(31)}7f`)
})

test('whatever is no signature on P-256 is refused by its type', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      try {
        expect(es256Signature(bytes)).toHaveLength(64)
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError)
      }
    }),
  )
})

import { createSecretKey, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import {
  keyIdOf,
  open,
  type SealingContext,
  saltBytes,
  seal,
  sealDeterministically,
} from './sealing.ts'

const anyKey = () => createSecretKey(randomBytes(32))
const key = anyKey()
const context: SealingContext = { kind: 'code', tenant: trusted<TenantId>('acme'), keyId: 'k-1' }
const bytes = fc.uint8Array({ maxLength: 1024 })
const sealNew = (content: Uint8Array) => seal(key, context, content, randomBytes(saltBytes))

/** The characters that carry payload, without those that would only break the encoding. */
const base64urlAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

test('what is sealed opens to the same content', () => {
  fc.assert(
    fc.property(bytes, (content) => {
      expect(Buffer.from(open(key, context, sealNew(content)) ?? [])).toEqual(Buffer.from(content))
    }),
  )
})

/**
 * Whoever has a sealed value can neither read nor change it.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.4.1.4
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2
 */
test('any flipped character makes a sealed text worthless', () => {
  fc.assert(
    fc.property(
      bytes,
      fc.nat(),
      fc.constantFrom(...base64urlAlphabet, '.', '=', ' '),
      (content, at, character) => {
        const sealed = sealNew(content)
        const position = at % sealed.length
        fc.pre(sealed[position] !== character)
        const flipped = sealed.slice(0, position) + character + sealed.slice(position + 1)
        expect(open(key, context, flipped)).toBeUndefined()
      },
    ),
    { numRuns: 500 },
  )
})

test('every cut or lengthened sealed text is worthless', () => {
  const sealed = sealNew(Buffer.from('content'))
  for (let length = 0; length < sealed.length; length += 1) {
    expect(open(key, context, sealed.slice(0, length))).toBeUndefined()
  }
  expect(open(key, context, `${sealed}A`)).toBeUndefined()
})

test.each([
  ['tenant', { ...context, tenant: trusted<TenantId>('other') }],
  ['kind', { ...context, kind: 'interaction' as const }],
  ['key id', { ...context, keyId: 'k-2' }],
])('a text sealed for another %s is worthless', (_, other) => {
  const sealed = seal(key, other, Buffer.from('content'), randomBytes(saltBytes))
  expect(open(key, context, sealed)).toBeUndefined()
  expect(open(key, context, sealed.replace(other.keyId, context.keyId))).toBeUndefined()
})

test('a text sealed under another key is worthless', () => {
  expect(open(anyKey(), context, sealNew(Buffer.from('content')))).toBeUndefined()
})

test('no text at all makes opening throw', () => {
  const garbage = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String())
  fc.assert(
    fc.property(garbage, (text) => {
      keyIdOf(text)
      expect(open(key, context, text)).toBeUndefined()
      expect(open(key, context, `${context.keyId}.${text}`)).toBeUndefined()
    }),
    { numRuns: 500 },
  )
})

test('sealing twice gives two texts, sealing deterministically gives one', () => {
  fc.assert(
    fc.property(bytes, bytes, (content, other) => {
      expect(sealNew(content)).not.toBe(sealNew(content))
      const sealed = sealDeterministically(key, context, content)
      expect(sealDeterministically(key, context, content)).toBe(sealed)
      expect(open(key, context, sealed)).toEqual(Buffer.from(content))
      fc.pre(!Buffer.from(content).equals(Buffer.from(other)))
      expect(sealDeterministically(key, context, other)).not.toBe(sealed)
    }),
  )
})

test('a text names the key it was sealed with', () => {
  expect(keyIdOf(sealNew(Buffer.from('content')))).toBe('k-1')
  expect(keyIdOf('no dot')).toBeUndefined()
  expect(keyIdOf('.nothing before the dot')).toBeUndefined()
})

import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { isStrongClientSecret } from './client-secret-strength.ts'

test('rfc6819 section 5.1.4.2.2: 256 random bits pass in hexadecimal, base64 and base64url', () => {
  for (let round = 0; round < 2_000; round += 1) {
    const bytes = randomBytes(32)
    expect(isStrongClientSecret(bytes.toString('hex'))).toBe(true)
    expect(isStrongClientSecret(bytes.toString('hex').toUpperCase())).toBe(true)
    expect(isStrongClientSecret(bytes.toString('base64'))).toBe(true)
    expect(isStrongClientSecret(bytes.toString('base64url'))).toBe(true)
  }
})

test('rfc6749 section 2.3.1 and 10.10: fewer than 256 bits are refused, in whatever alphabet', () => {
  expect(isStrongClientSecret(randomBytes(31).toString('hex'))).toBe(false)
  expect(isStrongClientSecret(randomBytes(31).toString('base64url'))).toBe(false)
  expect(isStrongClientSecret('7'.repeat(3) + '0123456789'.repeat(7))).toBe(false)
  expect(isStrongClientSecret('5f2b1c9e-8d4a-4b7c-9f10-2e3d4c5b6a79')).toBe(false)
  expect(isStrongClientSecret('correct horse battery staple')).toBe(false)
  expect(isStrongClientSecret('')).toBe(false)
})

test('two UUIDs are counted by their digits, not by their hyphens', () => {
  const uuid = '5f2b1c9e-8d4a-4b7c-9f10-2e3d4c5b6a79'
  expect(isStrongClientSecret(`${uuid}-${uuid.slice(0, 30)}`)).toBe(false)
})

test('a repeated word or a run of one character is refused, however long', () => {
  expect(isStrongClientSecret('a'.repeat(100))).toBe(false)
  expect(isStrongClientSecret('changeme'.repeat(12))).toBe(false)
  expect(isStrongClientSecret('Secret-1'.repeat(12))).toBe(false)
})

test('characters outside visible ASCII are refused', () => {
  expect(isStrongClientSecret('é'.repeat(100))).toBe(false)
})

import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { clientCertificate } from '../../../test/support/client-certificate.ts'
import { isRegisteredCertificate } from './registered-certificate.ts'

const read = async (name: string) => new X509Certificate((await clientCertificate(name)).cert)
const [own, other] = await Promise.all([read('own'), read('other')])

const jwkOf = (certificate: X509Certificate, more: Record<string, unknown> = {}) => {
  const { kty = '', ...members } = certificate.publicKey.export({ format: 'jwk' })
  return { kty, ...members, ...more }
}
const chain = (certificate: X509Certificate) => ({ x5c: [certificate.raw.toString('base64')] })

test('rfc8705 section 2.2: a certificate is known by x5c', () => {
  expect(isRegisteredCertificate(own, jwkOf(own, chain(own)))).toBe(true)
  expect(isRegisteredCertificate(other, jwkOf(own, chain(own)))).toBe(false)
})

test('rfc8705 section 2.2: x5c is compared whole, not by its key', () => {
  for (const x5c of [[], 'x', chain(other).x5c]) {
    expect(isRegisteredCertificate(own, jwkOf(own, { x5c }))).toBe(false)
  }
})

test('without x5c by its key', () => {
  expect(isRegisteredCertificate(own, jwkOf(own))).toBe(true)
  expect(isRegisteredCertificate(other, jwkOf(own))).toBe(false)
})

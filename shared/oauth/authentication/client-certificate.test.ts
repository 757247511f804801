import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { generate } from 'selfsigned'
import { expect, test } from 'vitest'
import { ProtocolError } from '#shared/kernel/protocol-error.ts'
import { clientCertificate } from '../../../test/support/client-certificate.ts'
import { parseClientCertificate } from './client-certificate.ts'

const { raw } = new X509Certificate((await clientCertificate('client')).cert)

const pemOf = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`

/** A bit string of 65 bytes: an uncompressed point of P-256. */
const point = raw.indexOf(Buffer.from('03420004', 'hex')) + 4

test('rfc8705 section 2: a certificate is read with its key', () => {
  expect(parseClientCertificate(pemOf(raw)).publicKey.asymmetricKeyType).toBe('ec')
})

test('rfc8705 section 2 and 7.5: one whose key is no point of its curve is refused, not stumbled over', () => {
  const pem = pemOf(Buffer.from(raw).fill(0xff, point, point + 64))
  expect(() => new X509Certificate(pem)).not.toThrow()
  expect(() => parseClientCertificate(pem)).toThrow(
    expect.objectContaining({ code: 'invalid_client', status: 401 }),
  )
})

test('fapi 2.0 section 5.4.1: one of RSA with less than 2048 bits is refused', async () => {
  const certificateOf = (keySize: number) => generate([], { keyType: 'rsa', keySize })
  expect(parseClientCertificate((await certificateOf(2048)).cert)).toBeInstanceOf(X509Certificate)
  const { cert: weak } = await certificateOf(1024)
  expect(() => parseClientCertificate(weak)).toThrow(
    expect.objectContaining({ code: 'invalid_client', status: 401 }),
  )
})

test('rfc8705 section 2 and 7.5: whatever a client shows is read or refused', () => {
  const changed = fc.tuple(fc.nat(raw.length - 1), fc.nat(255)).map(([at, byte]) => {
    const der = Buffer.from(raw)
    der[at] = byte
    return pemOf(der)
  })
  fc.assert(
    fc.property(fc.oneof(fc.string(), changed), (pem) => {
      try {
        expect(parseClientCertificate(pem).publicKey.type).toBe('public')
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError)
      }
    }),
  )
})

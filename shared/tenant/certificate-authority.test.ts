import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { generate } from 'selfsigned'
import { describe, expect, test } from 'vitest'
import { withBrokenKey } from '../../test/support/certificate-authority.ts'
import { clientCertificate } from '../../test/support/client-certificate.ts'
import { certificateAuthority } from './certificate-authority.ts'

const name = [{ name: 'commonName', value: 'Authority' }]
const extensions = [{ name: 'basicConstraints', cA: true, critical: true } as const]
const { cert: pem } = await generate(name, { keyType: 'ec', curve: 'P-256', extensions })

test('a certificate of an authority is taken as it is', () => {
  expect(certificateAuthority.parse(pem)).toBe(pem)
})

const { cert: weak } = await generate(name, { keyType: 'rsa', keySize: 1024, extensions })

describe('anything else is refused', async () => {
  const [client] = [(await clientCertificate('client')).cert]
  test.each([
    ['nothing', ''],
    ['no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    ['two of them', `${pem}\n${pem}`],
    ['one that may issue nothing', client],
    ['one whose key cannot be read', withBrokenKey(pem)],
    ['one whose key is too short', weak],
  ])('%s', (_, text) => {
    expect(certificateAuthority.safeParse(text).success).toBe(false)
  })
})

test('no text and no changed byte makes reading throw', () => {
  const { raw } = new X509Certificate(pem)
  const changed = fc.tuple(fc.nat(raw.length - 1), fc.nat(255)).map(([at, byte]) => {
    const der = Buffer.from(raw)
    der[at] = byte
    return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`
  })
  fc.assert(
    fc.property(fc.oneof(fc.string(), changed), (text) => {
      expect(certificateAuthority.safeParse(text).success).toBeTypeOf('boolean')
    }),
  )
})

import { generate } from 'selfsigned'
import { describe, expect, test } from 'vitest'
import { clientCertificate } from '../../test/support/client-certificate.ts'
import { certificateAuthority } from './certificate-authority.ts'

const name = [{ name: 'commonName', value: 'Authority' }]
const extensions = [{ name: 'basicConstraints', cA: true, critical: true } as const]
const { cert: pem } = await generate(name, { keyType: 'ec', curve: 'P-256', extensions })

test('a certificate of an authority is taken as it is', () => {
  expect(certificateAuthority.parse(pem)).toBe(pem)
})

describe('anything else is refused', async () => {
  const [client] = [(await clientCertificate('client')).cert]
  test.each([
    ['nothing', ''],
    ['no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    ['two of them', `${pem}\n${pem}`],
    ['one that may issue nothing', client],
  ])('%s', (_, text) => {
    expect(certificateAuthority.safeParse(text).success).toBe(false)
  })
})

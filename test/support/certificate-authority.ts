import { X509Certificate } from 'node:crypto'
import { generate } from 'selfsigned'
import clientAuthority from './client-authority.json' with { type: 'json' }
import type { ClientCertificate } from './client-certificate.ts'

type Options = NonNullable<Parameters<typeof generate>[1]>
type Name = NonNullable<Parameters<typeof generate>[0]>

/** Long before and after any moment that a test is about. */
const lifetime = { notBeforeDate: new Date('2020-01-01'), notAfterDate: new Date('2040-01-01') }

const kind = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256', ...lifetime } as const

const named = (commonName: string): Name => [{ name: 'commonName', value: commonName }]

/** Somebody who issues certificates to clients. */
export async function issuingAuthority(commonName = 'Authority', more: Partial<Options> = {}) {
  const extensions = [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, critical: true },
  ] as const
  const authority = await generate(named(commonName), {
    ...kind,
    extensions: [...extensions],
    ...more,
  })
  return issuerOf({ key: authority.private, cert: authority.cert })
}

/** The same certificate, with a key that is no point of its curve: it is read until somebody asks for the key. */
export function withBrokenKey(pem: string): string {
  const { raw } = new X509Certificate(pem)
  const point = raw.indexOf(Buffer.from('03420004', 'hex')) + 4
  const broken = Buffer.from(raw)
    .fill(0xff, point, point + 64)
    .toString('base64')
  return `-----BEGIN CERTIFICATE-----\n${broken}\n-----END CERTIFICATE-----\n`
}

/** The authority that the tenant `possession` of the configuration trusts. */
export const trustedAuthority = () => issuerOf(clientAuthority)

function issuerOf(authority: ClientCertificate) {
  return {
    pem: authority.cert,
    async issue(
      name: Name = named('client'),
      changed: Partial<Options> = {},
    ): Promise<ClientCertificate> {
      const ca = { ...authority }
      const extended = [{ name: 'extKeyUsage', clientAuth: true }] as const
      const issued = await generate(name, { ...kind, ca, extensions: [...extended], ...changed })
      return { key: issued.private, cert: issued.cert }
    },
  }
}

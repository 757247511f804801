import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { minimumModulusBits } from '#shared/jose/algorithms.ts'

/** A second one behind the first would be passed over in silence. */
const onePem =
  /^\s*-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----\s*$/

function authorityOf(pem: string): X509Certificate | undefined {
  try {
    return onePem.test(pem) ? new X509Certificate(pem) : undefined
  } catch {
    return undefined
  }
}

/** Kinds of keys that sign certificates; any other would vouch for nobody. */
const signingKeys = new Set<string | undefined>(['rsa', 'rsa-pss', 'ec', 'ed25519', 'ed448'])

/** What forbids the key of an authority, which OpenSSL decodes only when it is asked for. */
function problemOfKey(certificate: X509Certificate): string | undefined {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
    if (!signingKeys.has(asymmetricKeyType)) return 'must have a key that signs: RSA, EC or EdDSA'
    const { modulusLength = minimumModulusBits } = asymmetricKeyDetails ?? {}
    if (modulusLength >= minimumModulusBits) return undefined
    return `must have a key of at least ${minimumModulusBits} bits`
  } catch {
    return 'must have a key that can be read'
  }
}

const problemOf = (certificate: X509Certificate): string | undefined =>
  certificate.ca ? problemOfKey(certificate) : 'must be the certificate of an authority'

/** The certificate of somebody who issues certificates to clients. */
export const certificateAuthority = z
  .string()
  .max(16_384)
  .superRefine((pem, report) => {
    const certificate = authorityOf(pem)
    const problem = certificate ? problemOf(certificate) : 'must be one certificate in PEM'
    if (problem !== undefined) report.addIssue(problem)
  })

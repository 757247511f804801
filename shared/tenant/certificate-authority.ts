import { X509Certificate } from 'node:crypto'
import { z } from 'zod'

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

/** The certificate of somebody who issues certificates to clients. */
export const certificateAuthority = z
  .string()
  .max(16_384)
  .superRefine((pem, report) => {
    const certificate = authorityOf(pem)
    if (certificate === undefined) report.addIssue('must be one certificate in PEM')
    else if (!certificate.ca) report.addIssue('must be the certificate of an authority')
  })

import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { client, publicClient, tenant } from '../../../test/support/builders.ts'
import { clientCertificate } from '../../../test/support/client-certificate.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import { certificateThumbprint } from '../authentication/client-certificate.ts'
import { confirmationFor } from './sender-constraint.ts'

const certificate = new X509Certificate((await clientCertificate('shown')).cert)
const byCertificate = { 'x5t#S256': certificateThumbprint(certificate) }
const proof = { jkt: 'j' }
const shown = { certificate }
const nothing = {}
const strict = tenant({ settings: { ...tenant().settings, profile: 'fapi2' } })

/**
 * A stolen token is worth nothing without the key.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.4.2
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.4.3
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-2.2.1
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.10.1
 */
describe('rfc9449 section 5: a proof binds, whoever sends it', () => {
  test.each([client(), publicClient(), client({ certificateBoundAccessTokens: true })])(
    '%#',
    (registered) => {
      expect(confirmationFor(tenant(), registered, { ...shown, jkt: 'j' })).toEqual({ jkt: 'j' })
    },
  )
})

test('rfc9449 section 5.2: a client with dpop_bound_access_tokens must prove a key', () => {
  const registered = client({ dpopBoundAccessTokens: true })
  expect(confirmationFor(tenant(), registered, proof)).toEqual({ jkt: 'j' })
  for (const keys of [nothing, shown]) {
    expect(thrownBy(() => confirmationFor(tenant(), registered, keys))).toMatchObject({
      code: 'invalid_dpop_proof',
      status: 400,
      rule: 'oauth/sender/proof-missing',
    })
  }
})

describe('rfc8705 section 3.4: tls_client_certificate_bound_access_tokens', () => {
  const registered = publicClient({ certificateBoundAccessTokens: true })

  test('rfc8705 section 3.1: binds to the hash of the certificate', () => {
    expect(confirmationFor(tenant(), registered, shown)).toEqual(byCertificate)
  })

  test('rfc8705 section 3: without a certificate nothing is issued', () => {
    expect(thrownBy(() => confirmationFor(tenant(), registered, nothing))).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/sender/certificate-missing',
    })
  })

  test('a client that has not asked for it gets tokens that anybody may bear', () => {
    expect(confirmationFor(tenant(), client(), shown)).toBeUndefined()
  })
})

describe('fapi 2.0 section 5.3.2.1: only sender-constrained access tokens are issued', () => {
  test('bound to whichever key is proved', () => {
    expect(confirmationFor(strict, client(), proof)).toEqual({ jkt: 'j' })
    expect(confirmationFor(strict, client(), shown)).toEqual(byCertificate)
  })

  test('and none without one', () => {
    expect(thrownBy(() => confirmationFor(strict, client(), nothing))).toMatchObject({
      code: 'invalid_request',
      rule: 'oauth/sender/key-missing',
    })
  })
})

test('rfc8705 section 3.1 and 7.2: the certificate is named by its SHA-256', () => {
  const hex = certificate.fingerprint256.replaceAll(':', '')
  const thumbprint = certificateThumbprint(certificate)
  expect(Buffer.from(thumbprint, 'base64url').toString('hex').toUpperCase()).toBe(hex)
})

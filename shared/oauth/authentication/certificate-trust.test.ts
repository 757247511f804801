import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { now } from '../../../test/support/builders.ts'
import { issuingAuthority, withBrokenKey } from '../../../test/support/certificate-authority.ts'
import { clientCertificate } from '../../../test/support/client-certificate.ts'
import { isTrustedCertificate } from './certificate-trust.ts'

const read = (pem: string) => new X509Certificate(pem)
const authority = await issuingAuthority()
const anchors = [read(authority.pem)]

const past = { notBeforeDate: new Date('2020-01-01'), notAfterDate: new Date('2021-01-01') }
const future = { notBeforeDate: new Date('2039-01-01'), notAfterDate: new Date('2040-01-01') }

const isTrusted = async (changed: Parameters<typeof authority.issue>[1] = {}, by = authority) => {
  const { cert } = await by.issue(undefined, changed)
  return isTrustedCertificate(read(cert), anchors, now)
}

test('rfc8705 section 2.1: a certificate that one of the authorities has issued', async () => {
  expect(await isTrusted()).toBe(true)
  expect(isTrustedCertificate(read((await authority.issue()).cert), [], now)).toBe(false)
})

describe('rfc8705 section 2.1 and 7.4: is trusted, but not', () => {
  test('one that signs itself, or that somebody else has issued', async () => {
    const own = await clientCertificate('client')
    expect(isTrustedCertificate(read(own.cert), anchors, now)).toBe(false)
    expect(await isTrusted({}, await issuingAuthority('Other'))).toBe(false)
  })

  test('one by somebody who calls himself like an authority', async () => {
    expect(await isTrusted({}, await issuingAuthority('Authority'))).toBe(false)
  })

  test('one whose time has not come, or is over', async () => {
    expect(await isTrusted(past)).toBe(false)
    expect(await isTrusted(future)).toBe(false)
  })

  test('one of an authority whose time is over', async () => {
    const old = await issuingAuthority('Old', past)
    const { cert } = await old.issue()
    expect(isTrustedCertificate(read(cert), [read(old.pem)], now)).toBe(false)
  })

  test('one of an authority whose key cannot be read', async () => {
    const { cert } = await authority.issue()
    const broken = [read(withBrokenKey(authority.pem))]
    expect(isTrustedCertificate(read(cert), broken, now)).toBe(false)
    expect(isTrustedCertificate(read(cert), [...broken, ...anchors], now)).toBe(true)
  })

  test('one by a client that is no authority', async () => {
    const client = await authority.issue()
    const forged = await issuingAuthority('client')
    expect(await isTrusted({ ca: { key: client.key, cert: client.cert } }, forged)).toBe(false)
    const anchor = [read(client.cert)]
    const { cert } = await forged.issue(undefined, { ca: { key: client.key, cert: client.cert } })
    expect(isTrustedCertificate(read(cert), anchor, now)).toBe(false)
  })

  test('rfc5280 section 4.2.1.12: one that is for servers alone', async () => {
    expect(await isTrusted({ extensions: [{ name: 'extKeyUsage', serverAuth: true }] })).toBe(false)
    const none = { extensions: [{ name: 'basicConstraints', cA: false } as const] }
    expect(await isTrusted(none)).toBe(true)
  })

  test('rfc5280 section 4.2.1.3: one whose key may not sign', async () => {
    const usage = { name: 'keyUsage', critical: true } as const
    expect(await isTrusted({ extensions: [{ ...usage, keyAgreement: true }] })).toBe(false)
    expect(await isTrusted({ extensions: [{ ...usage, digitalSignature: true }] })).toBe(true)
  })
})

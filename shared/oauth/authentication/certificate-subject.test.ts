import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { issuingAuthority } from '../../../test/support/certificate-authority.ts'
import { isCertificateSubject } from './certificate-subject.ts'

const authority = await issuingAuthority()
const { cert } = await authority.issue(
  [
    { shortName: 'C', value: 'GB' },
    { shortName: 'O', value: 'Acme\\, Ltd' },
    { name: 'commonName', value: 'client' },
  ],
  {
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 1, value: 'client@app.example' },
          { type: 2, value: 'Client.app.example' },
          { type: 6, value: 'https://app.example/Client' },
          { type: 7, ip: '192.0.2.7' },
          { type: 7, ip: '2001:db8::7' },
        ],
      },
    ],
  },
)
const certificate = new X509Certificate(cert)
const plain = new X509Certificate((await authority.issue()).cert)

describe('rfc8705 section 2.1.2: a certificate is that of the client when it says', () => {
  test.each([
    { subjectDn: 'CN=client,O=Acme\\, Ltd,C=GB' },
    { sanDns: 'client.app.example' },
    { sanUri: 'https://app.example/Client' },
    { sanIp: '192.0.2.7' },
    { sanIp: '2001:0DB8:0:0:0:0:0:7' },
    { sanEmail: 'client@app.example' },
  ])('%j', (registered) => {
    expect(isCertificateSubject(certificate, registered)).toBe(true)
    expect(isCertificateSubject(plain, registered)).toBe(false)
  })
})

describe('rfc8705 section 2.1.2: nothing else is it', () => {
  test.each([
    {},
    { subjectDn: 'C=GB,O=Acme\\, Ltd,CN=client' },
    { subjectDn: 'CN=client' },
    { subjectDn: 'not a name' },
    { sanDns: 'app.example' },
    { sanDns: '*.app.example' },
    { sanDns: 'client@app.example' },
    { sanUri: 'https://app.example/client' },
    { sanUri: 'https://app.example' },
    { sanIp: '192.0.2.8' },
    { sanIp: '192.0.2.7/32' },
    { sanEmail: 'other@app.example' },
    { sanEmail: 'Client.app.example' },
  ])('%j', (registered) => {
    expect(isCertificateSubject(certificate, registered)).toBe(false)
  })
})

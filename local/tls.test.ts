import { X509Certificate } from 'node:crypto'
import { get, type RequestOptions } from 'node:https'
import { expect, test } from 'vitest'
import { listen } from './server.ts'
import { makeCertificate } from './tls.ts'

const statusOf = (url: string, options: RequestOptions): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(url, options, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', reject)
  })

test('rfc9110 section 4.3.4: the certificate names localhost and its address', async () => {
  const { cert } = await makeCertificate(new Date())
  const certificate = new X509Certificate(cert)
  expect(certificate.checkHost('localhost')).toBe('localhost')
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(Date.now())
})

test('rfc8996 section 5: TLS 1.1 is refused, TLS 1.2 is taken', async () => {
  const certificate = await makeCertificate(new Date())
  const server = await listen({ port: 0, certificate })
  const ca = certificate.cert
  expect(await statusOf(server.origin, { ca, maxVersion: 'TLSv1.2' })).toBe(503)
  await expect(
    statusOf(server.origin, {
      ca,
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    }),
  ).rejects.toThrow(/protocol version/)
  await server.close()
})

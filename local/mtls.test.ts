import { X509Certificate } from 'node:crypto'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { afterAll, expect, test } from 'vitest'
import { askOverTls, clientCertificate } from '../test/support/client-certificate.ts'
import { createGateway } from './gateway.ts'
import { listen } from './server.ts'
import { makeCertificate } from './tls.ts'

const certificate = await makeCertificate(new Date())
const server = await listen({ port: 0, certificate, asksForCertificates: true })
afterAll(() => server.close())

const events: APIGatewayProxyEventV2[] = []
server.serve(
  createGateway({
    routes: [{ method: 'GET', path: '/{tenant}/page', functionName: 'page' }],
    edgeHeaders: { 'x-viewer-tls': 'mutual' },
    asksForCertificates: true,
    region: 'eu-central-1',
    accountId: '111111111111',
    invoke: async (_, event) => {
      events.push(event)
      return { kind: 'answered', payload: { statusCode: 200 } }
    },
  }),
)

const headersOf = async (sent: Partial<Parameters<typeof askOverTls>[1]>) => {
  await askOverTls(`${server.origin}/acme/page`, { ca: certificate.cert, ...sent })
  return events.at(-1)?.headers ?? {}
}

test('rfc9440 section 2.2: the certificate of the connection is passed on, whoever has signed it', async () => {
  const own = await clientCertificate('own')
  const presented = (await headersOf({ certificate: own }))['client-cert']
  expect(presented).toBe(`:${new X509Certificate(own.cert).raw.toString('base64')}:`)
})

test('rfc9440 section 2.4 and 4: a viewer without a certificate is served, and cannot claim one', async () => {
  const forged = { 'client-cert': ':Zm9yZ2Vk:', 'x-viewer-tls': 'server' }
  const headers = await headersOf({ headers: forged })
  expect(headers).not.toHaveProperty('client-cert')
  expect(headers['x-viewer-tls']).toBe('mutual')
})

import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { makeCertificate } from '#local/tls.ts'
import { isPublicAddress } from '#shared/kernel/public-address.ts'
import type { HttpQuestion } from '#shared/ports/http-client.ts'
import { guardedHttpClient, type HttpClientSettings } from './http-client.ts'
import { exchange } from './http-exchange.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

const plainServer = async (listener: RequestListener) =>
  `http://localhost:${await portOf(createServer(listener))}`

async function secureServer(listener: RequestListener) {
  const certificate = await makeCertificate(new Date())
  return `https://localhost:${await portOf(createSecureServer(certificate, listener))}`
}

const ask = (url: string, settings: Partial<HttpClientSettings> & Partial<HttpQuestion> = {}) => {
  const { method = 'GET', headers, body, maximalBytes, ...rest } = settings
  return guardedHttpClient({ allowsLoopback: true, ...rest }).fetch({
    method,
    url,
    purpose: 'client-keys',
    ...(headers && { headers }),
    ...(body !== undefined && { body }),
    ...(maximalBytes !== undefined && { maximalBytes }),
  })
}

const resolvingTo =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

const strictly = { allowsLoopback: false }

test('an answer comes with status, headers and body', async () => {
  const origin = await plainServer((_, response) =>
    response.writeHead(201, { 'Cache-Control': 'max-age=60' }).end('{"a":"é"}'),
  )
  expect(await ask(`${origin}/jwks`)).toMatchObject({
    kind: 'answered',
    status: 201,
    headers: { 'cache-control': 'max-age=60' },
    body: '{"a":"é"}',
  })
})

test('a form is posted with its length, and without cookies', async () => {
  const seen = vi.fn()
  const origin = await secureServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    seen(request.method, request.headers, Buffer.concat(chunks).toString())
    response.setHeader('set-cookie', 'a=b').end()
  })
  const client = guardedHttpClient({ allowsLoopback: true })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const question = { method: 'POST', url: origin, headers, body: 'é=1', purpose: 'x' } as const
  await client.fetch(question)
  await client.fetch(question)
  expect(seen).toHaveBeenCalledTimes(2)
  expect(seen).toHaveBeenLastCalledWith(
    'POST',
    expect.objectContaining({ ...headers, 'content-length': '4', connection: 'close' }),
    'é=1',
  )
  expect(seen.mock.lastCall?.[1]).not.toHaveProperty('cookie')
})

test('owasp asvs 1.3.6: a redirect is an answer, and nobody follows it', async () => {
  const seen = vi.fn()
  const origin = await plainServer(({ url }, response) => {
    seen(url)
    response.writeHead(302, { location: '/elsewhere' }).end()
  })
  expect(await ask(`${origin}/`)).toMatchObject({ kind: 'answered', status: 302 })
  expect(seen.mock.calls).toEqual([['/']])
})

test.each([
  ['http', 'http://rp.example/jwks', 'http/fetch/scheme'],
  ['file', 'file:///etc/passwd', 'http/fetch/url'],
  ['gopher', 'gopher://rp.example/', 'http/fetch/url'],
  ['a name and a password', 'https://a:b@rp.example/', 'http/fetch/url'],
  ['a name alone', 'https://a@rp.example/', 'http/fetch/url'],
  ['a fragment', 'https://rp.example/#a', 'http/fetch/url'],
  ['an empty fragment', 'https://rp.example/#', 'http/fetch/url'],
  ['no address at all', 'rp.example', 'http/fetch/url'],
])('an address with %s is refused before anybody is asked', async (_, url, rule) => {
  const resolve = vi.fn(resolvingTo('9.9.9.9'))
  expect(await ask(url, { ...strictly, resolve })).toEqual({ kind: 'refused', rule })
  expect(resolve).not.toHaveBeenCalled()
})

test.each([
  '127.0.0.1',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:a9fe:a9fe]',
  '169.254.169.254',
  '[fd00:ec2::254]',
  '10.0.0.1',
  '0.0.0.0',
  'localhost',
  'localhost.',
])('owasp asvs 1.3.6: https://%s/ is no place to be asked', async (host) => {
  const answer = await ask(`https://${host}/`, strictly)
  // A computer without a name server knows nothing of `localhost.`.
  if (answer.kind !== 'failed')
    expect(answer).toEqual({ kind: 'refused', rule: 'http/fetch/address' })
})

test('a host with a single address that is not public is refused, whatever the others are', async () => {
  const resolve = resolvingTo('9.9.9.9', '2620:fe::fe', '10.0.0.1')
  expect(await ask('https://rp.example/', { ...strictly, resolve })).toEqual({
    kind: 'refused',
    rule: 'http/fetch/address',
  })
  expect(await ask('https://rp.example/', { ...strictly, resolve: resolvingTo() })).toMatchObject({
    kind: 'refused',
  })
})

test('a name that answers otherwise the second time is asked once, and its first answer is taken', async () => {
  const origin = await plainServer((_, response) => response.end('here'))
  const resolve = vi
    .fn(resolvingTo('127.0.0.1'))
    .mockImplementationOnce(resolvingTo('127.0.0.1'))
    .mockImplementation(resolvingTo('169.254.169.254'))
  const url = origin.replace('localhost', 'rebinding.example')
  expect(await ask(url, { resolve })).toMatchObject({ kind: 'answered', body: 'here' })
  expect(resolve).toHaveBeenCalledTimes(1)
})

test('rfc9101 section 8: where loopback is allowed, private addresses are not, nor http to anybody else', async () => {
  for (const address of ['10.0.0.1', '169.254.169.254', '0.0.0.0', 'fd00::1']) {
    const resolve = resolvingTo(address)
    expect(await ask('https://rp.example/', { resolve })).toMatchObject({
      rule: 'http/fetch/address',
    })
  }
  const mixed = resolvingTo('127.0.0.1', '9.9.9.9')
  expect(await ask('https://rp.example/', { resolve: mixed })).toMatchObject({ kind: 'refused' })
  const elsewhere = resolvingTo('9.9.9.9')
  expect(await ask('http://rp.example/', { resolve: elsewhere })).toEqual({
    kind: 'refused',
    rule: 'http/fetch/scheme',
  })
})

test('an answer that is too long is given up', async () => {
  const origin = await plainServer((_, response) => response.end('x'.repeat(1_001)))
  expect(await ask(origin, { maximalBytes: 1_000 })).toEqual({
    kind: 'refused',
    rule: 'http/fetch/size',
  })
  expect(await ask(origin, { maximalBytes: 1_001 })).toMatchObject({ kind: 'answered' })
})

test('whoever is silent, drips or breaks off has failed, in time', async () => {
  const silent = await plainServer(() => {})
  const dripping = await plainServer((_, response) => {
    const drip = setInterval(() => response.write('x'), 5)
    response.on('close', () => clearInterval(drip))
  })
  const broken = await plainServer((request) => request.socket.destroy())
  const short = await plainServer((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('x')
    response.destroy()
  })
  for (const url of [silent, dripping, broken, short, 'http://localhost:1/']) {
    expect(await ask(url, { timeoutMilliseconds: 100 })).toEqual({ kind: 'failed' })
  }
})

test('a name server that is silent or knows nothing has failed, in time', async () => {
  const never = () => new Promise<never>(() => {})
  const url = 'https://rp.example/'
  expect(await ask(url, { resolve: never, timeoutMilliseconds: 50 })).toEqual({ kind: 'failed' })
  const unknown = () => Promise.reject(new Error('ENOTFOUND'))
  expect(await ask(url, { resolve: unknown })).toEqual({ kind: 'failed' })
})

test('what does not speak HTTP has failed', async () => {
  const server = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  const { port } = server.address() as AddressInfo
  expect(await ask(`http://localhost:${port}/`)).toEqual({ kind: 'failed' })
})

test('whoever switches to another protocol has failed, at once', async () => {
  const switching = await plainServer(({ socket }) =>
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
  )
  expect(await ask(switching)).toEqual({ kind: 'failed' })
})

test('what was not answered is told of, without path and query', async () => {
  const onUnanswered = vi.fn()
  const url = 'https://rp.example/jwks?token=1'
  await ask(url, { ...strictly, resolve: resolvingTo('10.0.0.1'), onUnanswered })
  expect(onUnanswered).toHaveBeenCalledExactlyOnceWith({
    purpose: 'client-keys',
    host: 'rp.example',
    rule: 'http/fetch/address',
  })
})

test('owasp asvs 1.3.6: no text at all is asked at another place than a public one', async () => {
  const resolve = async (host: string) => (isPublicAddress(host) ? [] : resolvingTo(host)())
  const text = fc.oneof(
    fc.string(),
    fc.ipV4().map((host) => `https://${host}/`),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
  )
  await fc.assert(
    fc.asyncProperty(text, async (url) => {
      const { kind } = await ask(url, { ...strictly, resolve, timeoutMilliseconds: 1 })
      expect(['refused', 'failed']).toContain(kind)
    }),
  )
})

test('rfc9110 section 4.3.4 and rfc9101 section 8: a certificate that nobody vouches for is refused at a public address', async () => {
  const origin = await secureServer((_, response) => response.end('here'))
  const question = { method: 'GET', url: origin, purpose: 'x' } as const
  const addresses = [{ address: '127.0.0.1', family: 4 }]
  const signal = AbortSignal.timeout(1_000)
  const askAt = (kind: 'loopback' | 'public') =>
    exchange(new URL(origin), question, { kind, addresses }, signal)
  expect(await askAt('loopback')).toMatchObject({ body: 'here' })
  await expect(askAt('public')).rejects.toThrow(/self-signed/)
})

import { expect, inject, test } from 'vitest'
import { z } from 'zod'
import { rawRequest, sendRaw } from '../support/raw-http.ts'

const origin = inject('origin')
const at = (path: string, init?: RequestInit) => fetch(`${origin}/_local${path}`, init)

test('/_local: names the tenants and their users, and no password of a document that is not the demo', async () => {
  const response = await at('')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const html = await response.text()
  expect(html).toContain(`${origin}/acme/.well-known/openid-configuration`)
  expect(html).toContain('ada@example.com')
  expect(html).not.toContain('correct horse battery staple')
})

test.each(['', '/app', '/app/callback', '/app/app.js', '/api/functions', '/elsewhere'])(
  '/_local%s: everything is sent with a strict policy, unsniffed and uncached',
  async (path) => {
    const { headers } = await at(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  },
)

test('/_local/app: carries issuer and client, and its script comes from the same place', async () => {
  const html = await (await at('/app')).text()
  expect(html).toContain(`<meta name="issuer" content="${origin}/acme">`)
  expect(html).toContain('<meta name="client-id" content="demo-app">')
  const script = await at('/app/app.js')
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(await script.text()).toContain('code_challenge')
  expect((await at('/app/app.css')).headers.get('content-type')).toBe('text/css; charset=utf-8')
})

test.each(['functions', 'usage', 'calls', 'logs', 'queues'])(
  '/_local/api/%s: is a list as JSON',
  async (name) => {
    await fetch(`${origin}/acme/oauth2/jwks`)
    const list: unknown = await (await at(`/api/${name}`)).json()
    expect(list).toEqual(expect.arrayContaining([expect.any(Object)]))
  },
)

test('/_local: a page that is not there is 404, and nothing can be changed', async () => {
  expect((await at('/elsewhere')).status).toBe(404)
  expect((await at('/__proto__')).status).toBe(404)
  expect((await at('', { method: 'POST' })).status).toBe(405)
  expect(await (await at('', { method: 'HEAD' })).text()).toBe('')
})

test('/_local/api/faults: a fault is set, listed and cleared', async () => {
  const json = { 'content-type': 'application/json' }
  const rule = { function: 'nobody', service: 'kms', fault: 'delay', times: 2 }
  const set = await at('/api/faults', { method: 'POST', headers: json, body: JSON.stringify(rule) })
  const fault: unknown = await set.json()
  expect(fault).toEqual({ ...rule, id: expect.any(String), hits: 0, milliseconds: 3000 })
  expect(await (await at('/api/faults')).json()).toContainEqual(fault)
  const { id } = z.object({ id: z.string() }).parse(fault)
  expect((await at(`/api/faults?id=${id}`, { method: 'DELETE' })).status).toBe(200)
  expect(await (await at('/api/faults')).json()).not.toContainEqual(fault)
})

test('/_local: the forms need no JavaScript, and lead back to the page', async () => {
  const body = new URLSearchParams({ fault: 'throttle', function: 'nobody', nth: '', action: 'X' })
  const set = await at('/api/faults', { method: 'POST', body, redirect: 'manual' })
  expect([set.status, set.headers.get('location')]).toEqual([303, '/_local#faults'])
  const html = await (await at('')).text()
  expect(html).toContain('<code>nobody X</code>')
  const [, id = ''] = /name="id" value="([^"]+)"/.exec(html) ?? []
  const form = { method: 'POST', body: new URLSearchParams({ id }), redirect: 'manual' } as const
  expect((await at('/api/faults/clear', form)).status).toBe(303)
  expect(await (await at('')).text()).not.toContain('<code>nobody X</code>')
})

test.each(['https://evil.example', 'null'])(
  '/_local/api: a form of the site %s changes nothing',
  async (from) => {
    const body = new URLSearchParams({ fault: 'fail', function: 'nobody' })
    for (const path of ['/api/faults', '/api/faults/clear', '/api/kill']) {
      expect((await at(path, { method: 'POST', body, headers: { origin: from } })).status).toBe(403)
    }
  },
)

test.each([
  ['{"fault":"burn"}', 400],
  ['{', 400],
  ['[]', 400],
  [JSON.stringify({ fault: 'fail', function: 'x'.repeat(70_000) }), 413],
])('/_local/api/faults: %.20s is refused', async (body, status) => {
  const headers = { 'content-type': 'application/json' }
  expect((await at('/api/faults', { method: 'POST', headers, body })).status).toBe(status)
})

test('/_local/api/kill: a function without instances loses none', async () => {
  const body = JSON.stringify({ function: 'nobody' })
  expect(await (await at('/api/kill', { method: 'POST', body })).json()).toEqual({ killed: 0 })
})

test('/_local: a name of somebody else that leads to this computer is refused', async () => {
  const request = rawRequest('GET /_local').replace('Host: localhost', 'Host: evil.example')
  expect((await sendRaw(origin, request)).status).toBe(403)
})

import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { type ClientId, trusted } from '#shared/kernel/ids.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { HttpAnswer, HttpClient } from '#shared/ports/http-client.ts'
import { client, tenant } from '../../test/support/builders.ts'
import { inMemoryStore } from '../../test/support/in-memory-store.ts'
import { clientsWithDocuments } from './client-documents.ts'

const id = trusted<ClientId>('https://app.example/client')
const redirectUri = 'https://app.example/callback'

const document = (more: object = {}, headers = {}) => ({
  kind: 'answered' as const,
  status: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'max-age=300', ...headers },
  body: JSON.stringify({ client_id: id, redirect_uris: [redirectUri], ...more }),
})

function world(initial: HttpAnswer, documentHosts: readonly string[] = ['app.example']) {
  let [now, answer] = [1_000_000, initial]
  const settings = { ...tenant().settings, selfRegistration: { documentHosts } }
  const fetch = vi.fn<HttpClient['fetch']>(async () => answer)
  const store = inMemoryStore({})
  const { find } = clientsWithDocuments({
    stored: store.clients,
    tenants: { find: async () => tenant({ settings }) },
    httpClient: { fetch },
    clock: { now: () => epochSeconds(now) },
  })
  return {
    fetch,
    store,
    find: (other = id) => find(tenant().id, other),
    later: (seconds: number, next: HttpAnswer) => {
      now += seconds
      answer = next
    },
  }
}

describe('cimd section 5.2 and 9.1: a document is read again when it may have changed, and not before', () => {
  test.each([
    ['as long as it says', 'max-age=300', 300],
    ['a minute at least', 'no-store', 60],
    ['a day at most', 'max-age=999999', 24 * 60 * 60],
  ])('%s', async (_, cacheControl, lifetime) => {
    const here = world(document({}, { 'cache-control': cacheControl }))
    await here.find()
    here.later(lifetime - 1, document())
    await here.find()
    expect(here.fetch).toHaveBeenCalledTimes(1)
    here.later(1, document())
    await here.find()
    expect(here.fetch).toHaveBeenCalledTimes(2)
  })

  test.each<[string, HttpAnswer]>([
    ['nobody', { kind: 'failed' }],
    ['an error', { ...document(), status: 404 }],
    ['a redirect', { ...document(), status: 302 }],
    ['a page', document({}, { 'content-type': 'text/html' })],
    ['a document that makes no client', document({ client_id: 'other' })],
  ])('what %s answers makes no client, and is not remembered', async (_, answer) => {
    const here = world(answer)
    expect(await here.find()).toBeUndefined()
    here.later(0, document())
    expect(await here.find()).toMatchObject({ id })
    expect(here.fetch).toHaveBeenCalledTimes(2)
  })

  test('cimd section 5.1: who was a client and cannot be read any more is none', async () => {
    const here = world(document())
    await here.find()
    here.later(300, { kind: 'failed' })
    expect(await here.find()).toBeUndefined()
  })
})

describe('cimd section 8.4: what has changed in a document counts', () => {
  test('its redirect URIs', async () => {
    const here = world(document())
    await here.find()
    here.later(300, document({ redirect_uris: ['https://new.example/callback'] }))
    expect(await here.find()).toMatchObject({ redirectUris: ['https://new.example/callback'] })
  })

  test('cimd section 8.4.1: its keys', async () => {
    const withKey = (kid: string) => {
      const { publicKey } = generateKeyPairSync('ed25519')
      const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid }] }
      return document({ token_endpoint_auth_method: 'private_key_jwt', jwks })
    }
    const here = world(withKey('a'))
    expect((await here.find())?.keys).toMatchObject([{ kid: 'a' }])
    here.later(300, withKey('b'))
    expect((await here.find())?.keys).toMatchObject([{ kid: 'b' }])
  })
})

test('cimd section 8.3: another address is another client', async () => {
  const here = world(document())
  await here.find()
  for (const other of [`${id}/`, `${id}?x`, 'https://app.example/Client']) {
    expect(await here.find(trusted<ClientId>(other))).toBeUndefined()
  }
})

test('cimd section 7.2: what the operator has declared goes before any document', async () => {
  const here = world(document())
  here.store.kept.clients = [client({ id, name: 'Declared' })]
  expect(await here.find()).toMatchObject({ name: 'Declared' })
  expect(here.fetch).not.toHaveBeenCalled()
})

test.each([[[]], [['other.example']], [['*.app.example']]])(
  'cimd section 8.9: a host that the tenant does not trust is asked nothing: %j',
  async (hosts) => {
    const here = world(document(), hosts)
    expect(await here.find()).toBeUndefined()
    expect(here.fetch).not.toHaveBeenCalled()
  },
)

test('cimd section 8.7: no more is read of a document than 16 KiB', async () => {
  const here = world(document())
  await here.find()
  expect(here.fetch).toHaveBeenCalledWith(expect.objectContaining({ maximalBytes: 16 * 1024 }))
})

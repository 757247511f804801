import { generateKeyPairSync, type JsonWebKey, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Client } from '#shared/oauth/client/client.ts'
import { type ListeningApp, startListeningApp } from '../support/listening-app.ts'
import { registerLike } from '../support/own-client.ts'
import { RelyingParty } from '../support/relying-party.ts'

const party = new RelyingParty(inject('origin'))
const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const newKey = (kid: string) => ({ ...generateKeyPairSync('ec', { namedCurve: 'P-256' }), kid })
const [first, second, stranger] = [newKey('a'), newKey('b'), newKey('c')]

const published = (...keys: readonly (typeof first)[]) => {
  const jwks = keys.map(
    ({ publicKey, kid }): JsonWebKey => ({ ...publicKey.export({ format: 'jwk' }), kid }),
  )
  return JSON.stringify({ keys: jwks })
}

let app: ListeningApp
beforeAll(async () => {
  app = await startListeningApp((path) =>
    path.startsWith('/jwks') ? published(first, second) : '<html>',
  )
})
afterAll(() => app?.close())

const register = (jwksUri: string, more: Partial<Client> = {}) =>
  registerLike(inject('aws'), ['acme', 'machine'], {
    tokenEndpointAuthMethod: 'private_key_jwt',
    secretHashes: [],
    keys: [],
    jwksUri,
    ...more,
  })

async function tokenOf(id: string, { privateKey, kid }: typeof first, header = {}) {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: id, sub: id, aud: party.issuer, jti: randomUUID(), exp: now + 60 }
  const assertion = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid, ...header })
    .sign(privateKey)
  const proof = { client_assertion_type: jwtBearer, client_assertion: assertion }
  return party.token({ grant_type: 'client_credentials', ...proof })
}

const refused = { status: 401, body: { error: 'invalid_client' } }
const asked = (path: string) => app.heard.filter((request) => request.path === path).length

test('oidc core section 10.1: a client proves itself with any key that it publishes', async () => {
  const id = await register(`${app.origin}/jwks/1`)
  expect(await tokenOf(id, first)).toMatchObject({ status: 200 })
  expect(await tokenOf(id, second)).toMatchObject({ status: 200 })
})

test('rfc7523 section 3: a key that it does not publish proves nothing, however often it is tried', async () => {
  const id = await register(`${app.origin}/jwks/2`)
  for (let request = 0; request < 20; request += 1) {
    expect(await tokenOf(id, stranger)).toMatchObject(refused)
  }
  expect(await tokenOf(id, stranger, { kid: 'a' })).toMatchObject(refused)
  // Each instance asks for itself, and at most once in thirty seconds; there are eight at most.
  expect(asked('/jwks/2')).toBeLessThanOrEqual(8)
})

describe('rfc8725 section 3.10: what an assertion claims leads us nowhere', () => {
  test('rfc7515 section 4.1.2: an address in it is not asked', async () => {
    const id = await register(`${app.origin}/jwks/3`)
    const header = { jku: `${app.origin}/jku` }
    expect(await tokenOf(id, stranger, header)).toMatchObject(refused)
    expect(asked('/jku')).toBe(0)
  })

  test('rfc7515 section 4.1.4: a kid is only looked up among the keys of the client', async () => {
    const id = await register(`${app.origin}/jwks/4`)
    for (const kid of ['../jwks/1', `${app.origin}/jku`, "' or 1=1", '__proto__']) {
      expect(await tokenOf(id, { ...stranger, kid })).toMatchObject(refused)
    }
    expect(asked('/jku')).toBe(0)
  })
})

test.each([
  'https://169.254.169.254/latest/meta-data/',
  'http://169.254.169.254/latest/meta-data/',
  'https://10.0.0.1/jwks',
  'https://[::ffff:10.0.0.1]/jwks',
])('owasp asvs 1.3.6: %s is not asked for keys', async (address) => {
  const id = await register(address)
  const startedAt = Date.now()
  expect(await tokenOf(id, first)).toMatchObject(refused)
  expect(Date.now() - startedAt).toBeLessThan(4_000)
})

test('what publishes no keys has none: a page, an error, nobody', async () => {
  const places = [`${app.origin}/page`, 'http://localhost:1/jwks']
  for (const place of places) {
    expect(await tokenOf(await register(place), first)).toMatchObject(refused)
  }
})

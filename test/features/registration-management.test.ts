import { expect, inject, test } from 'vitest'
import { ask, type Registered, Registrar, redirectUri } from '../support/registrar.ts'
import { basic, RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const registrar = new Registrar(origin)
const machine = { grant_types: ['client_credentials'], scope: 'orders:read' }

const tokenStatus = async ({ id }: Registered, secret: string) => {
  const party = new RelyingParty(origin, 'bazaar')
  return (await party.token({ grant_type: 'client_credentials' }, basic(id, secret))).status
}

/** Everything that an update must send again. */
const metadataOf = ({ body }: Registered) => {
  const {
    registration_access_token: _t,
    registration_client_uri: _u,
    client_secret_expires_at: _e,
    client_id_issued_at: _i,
    ...metadata
  } = body
  return metadata
}

test('rfc7592 section 2.1 and oidc registration section 4.3: the client reads its registration', async () => {
  const client = await registrar.registered({ client_name: 'Shop' })
  const { status, headers, body } = await ask(client.uri, 'GET', { token: client.token })
  expect(status).toBe(200)
  expect(headers.get('cache-control')).toBe('no-store')
  const { client_secret: _, ...told } = client.body
  expect(body).toEqual(told)
})

test('rfc7592 section 2 and oidc registration section 4.1: the token of one client opens no other', async () => {
  const [one, other] = [await registrar.registered(), await registrar.registered()]
  for (const method of ['GET', 'PUT', 'DELETE'] as const) {
    const body = method === 'PUT' ? { body: metadataOf(other) } : {}
    const answer = await ask(other.uri, method, { token: one.token, ...body })
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
    const bare = await ask(other.uri, method, body)
    expect({ status: bare.status, body: bare.body }).toEqual({ status: 401, body: {} })
  }
  expect((await ask(other.uri, 'GET', { token: other.token })).status).toBe(200)
})

test('rfc7592 section 2: a method that is none of the three does nothing', async () => {
  const client = await registrar.registered()
  for (const method of ['PATCH', 'POST']) {
    const headers = { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ ...metadataOf(client), client_name: 'Changed' })
    expect((await fetch(client.uri, { method, headers, body })).status).toBe(404)
  }
  const { body } = await ask(client.uri, 'GET', { token: client.token })
  expect(body).not.toHaveProperty('client_name')
})

test('rfc7592 section 2.2: what is only told to a client is not taken back from it', async () => {
  const client = await registrar.registered()
  const told = { client_id_issued_at: 1, client_secret_expires_at: 1 }
  const own = { registration_access_token: 'chosen', registration_client_uri: 'https://x.example' }
  const body = { ...metadataOf(client), ...told, ...own }
  const answer = await ask(client.uri, 'PUT', { token: client.token, body })
  const { client_secret: _, ...kept } = client.body
  expect(answer).toMatchObject({ status: 200, body: kept })
})

test('rfc7592 section 2.1 and oidc registration section 4.4: a client that is not there, or that the operator has named, is 401', async () => {
  const { token } = await registrar.registered()
  for (const url of [
    `${registrar.issuer}/oauth2/register/nobody`,
    `${origin}/acme/oauth2/register/web`,
  ]) {
    expect(await ask(url, 'GET', { token })).toMatchObject({ status: 401 })
  }
})

test('rfc7592 section 2.2 and 3: an update replaces everything, and keeps id, secret and token', async () => {
  const client = await registrar.registered({ ...machine, client_name: 'Shop', contacts: ['a@b'] })
  const { contacts: _, ...metadata } = metadataOf(client)
  const body = { ...metadata, client_name: 'Market', policy_uri: null, tos_uri: '' }
  const answer = await ask(client.uri, 'PUT', { token: client.token, body })
  expect(answer).toMatchObject({ status: 200, body: { client_name: 'Market' } })
  expect(answer.body).not.toHaveProperty('contacts')
  expect(answer.body['registration_access_token']).toBe(client.token)
  const read = await ask(client.uri, 'GET', { token: client.token })
  expect(read.body).toEqual(answer.body)
  expect(await tokenStatus(client, client.secret)).toBe(200)
})

test.each([
  ['another client_id', { client_id: 'web' }],
  ['no client_id', { client_id: undefined }],
  ['another client_secret', { client_secret: 'x'.repeat(43) }],
  ['a broken redirect URI', { redirect_uris: ['https://client.example/#x'] }],
])('rfc7592 section 2.2: an update with %s is refused, and changes nothing', async (_, change) => {
  const client = await registrar.registered()
  const body = { ...metadataOf(client), client_name: 'Changed', ...change }
  expect(await ask(client.uri, 'PUT', { token: client.token, body })).toMatchObject({ status: 400 })
  const read = await ask(client.uri, 'GET', { token: client.token })
  expect(read.body).not.toHaveProperty('client_name')
})

test('rfc7592 section 2.2: a client that needs a secret from now on is given one', async () => {
  const client = await registrar.registered({ token_endpoint_auth_method: 'none' })
  const { client_secret: _, ...metadata } = metadataOf(client)
  const { response_types: _r, token_endpoint_auth_method: _m, ...kept } = metadata
  const body = { ...kept, ...machine }
  const answer = await ask(client.uri, 'PUT', { token: client.token, body })
  expect(answer.body).toMatchObject({ client_secret_expires_at: 0 })
  expect(await tokenStatus(client, String(answer.body['client_secret']))).toBe(200)
})

test('rfc7592 section 2.2: a change asks for no more than the tenant allows', async () => {
  const client = await registrar.registered()
  const body = { ...metadataOf(client), grant_types: ['urn:openid:params:grant-type:ciba'] }
  const answer = await ask(client.uri, 'PUT', { token: client.token, body })
  expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } })
})

test('rfc7592 section 2.3 and 5: a client removes itself, and nothing of it works any more', async () => {
  const client = await registrar.registered(machine)
  expect(await tokenStatus(client, client.secret)).toBe(200)
  const removed = await ask(client.uri, 'DELETE', { token: client.token })
  expect({ status: removed.status, body: removed.body }).toEqual({ status: 204, body: {} })
  expect(removed.headers.get('cache-control')).toBe('no-store')
  expect(await tokenStatus(client, client.secret)).toBe(401)
  for (const method of ['GET', 'PUT', 'DELETE'] as const) {
    const body = method === 'PUT' ? { body: metadataOf(client) } : {}
    const answer = await ask(client.uri, method, { token: client.token, ...body })
    expect(answer).toMatchObject({ status: 401 })
  }
  const page = await new RelyingParty(origin, 'bazaar').authorize({
    client_id: client.id,
    redirect_uri: redirectUri,
  })
  expect(page.status).toBe(400)
})

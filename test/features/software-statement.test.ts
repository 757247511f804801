import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type HttpsSite, startHttpsSite } from '../support/https-site.ts'
import { addTenantLike } from '../support/own-tenant.ts'
import { ask, Registrar, redirectUri } from '../support/registrar.ts'

const origin = inject('origin')
const registrar = new Registrar(origin, 'vouched')
const issuer = 'https://vendor.example'
const [key, stranger] = [
  generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  generateKeyPairSync('ec', { namedCurve: 'P-256' }),
]

let site: HttpsSite
beforeAll(async () => {
  site = await startHttpsSite()
  const keys = [key.publicKey.export({ format: 'jwk' })]
  const jwksUri = site.publish('/jwks', { body: JSON.stringify({ keys }) })
  const statementIssuers = [{ issuer, jwksUri }]
  await addTenantLike(inject('aws'), ['bazaar', 'vouched'], {
    selfRegistration: { endpoint: 'restricted', statementIssuers },
  })
})
afterAll(() => site?.close())

const statement = (claims: object, by = key, header = {}) =>
  new SignJWT({ iss: issuer, software_id: 'shop', redirect_uris: [redirectUri], ...claims })
    .setProtectedHeader({ alg: 'ES256', ...header })
    .sign(by.privateKey)

test('rfc7591 section 2.3, 3.1.1, 3.2.1 and 5: what a statement says goes before what stands beside it', async () => {
  const software_statement = await statement({ client_name: 'Vouched for' })
  const { status, body } = await registrar.register({
    client_name: 'Something else',
    software_id: 'other',
    contacts: ['me@client.example'],
    software_statement,
  })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    client_name: 'Vouched for',
    software_id: 'shop',
    contacts: ['me@client.example'],
  })
  // RFC 7591 section 3.2.1: unmodified.
  expect(body['software_statement']).toBe(software_statement)
  const [uri, token] = [body['registration_client_uri'], body['registration_access_token']]
  const change = { client_id: body['client_id'], client_name: 'Renamed' }
  const answer = await ask(String(uri), 'PUT', { token: String(token), body: change })
  expect(answer).toMatchObject({ status: 200, body: { client_name: 'Vouched for' } })
})

describe('rfc7591 section 3.2.2: a statement that is refused', () => {
  const now = Math.floor(Date.now() / 1000)

  test.each([
    ['of nobody we trust', { iss: 'https://other.example' }, key, 'unapproved_software_statement'],
    ['signed by somebody else', {}, stranger, 'invalid_software_statement'],
    ['that is over', { exp: now - 1 }, key, 'invalid_software_statement'],
    [
      'for redirect URIs of a script',
      { redirect_uris: ['javascript:1'] },
      key,
      'invalid_redirect_uri',
    ],
  ])('%s', async (_, claims, by, error) => {
    const answer = await registrar.register({ software_statement: await statement(claims, by) })
    expect(answer).toMatchObject({ status: 400, body: { error } })
  })

  test.each([['a.b.c'], ['e30.e30.'], ['']])('%j', async (software_statement) => {
    const answer = await registrar.register({ redirect_uris: [redirectUri], software_statement })
    expect(answer).toMatchObject({ status: 400 })
  })

  test('rfc8725 section 3.2: one that nobody has signed', async () => {
    const [, claims] = (await statement({})).split('.')
    const header = Buffer.from('{"alg":"none"}').toString('base64url')
    const answer = await registrar.register({ software_statement: `${header}.${claims}.` })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_software_statement' } })
  })
})

test('rfc7591 section 3: without one, the endpoint stays closed', async () => {
  expect(await registrar.register({ redirect_uris: [redirectUri] })).toMatchObject({ status: 401 })
})

describe('oidc registration section 5: the document of a sector', () => {
  const bazaar = new Registrar(origin)
  const metadata = (sector_identifier_uri: string) => ({
    subject_type: 'pairwise',
    redirect_uris: [redirectUri, 'https://other.example/callback'],
    sector_identifier_uri,
  })

  test('oidc registration section 5: lists all redirect URIs', async () => {
    const body = JSON.stringify(metadata('').redirect_uris)
    const uri = site.publish('/sector', { body })
    expect(await bazaar.register(metadata(uri))).toMatchObject({
      status: 201,
      body: { sector_identifier_uri: uri, subject_type: 'pairwise' },
    })
  })

  test.each([
    ['that leaves one out', { body: JSON.stringify([redirectUri]) }, 'invalid_redirect_uri'],
    ['that is not there', { status: 404 }, 'invalid_client_metadata'],
    ['that is no list', { body: '{}' }, 'invalid_client_metadata'],
    [
      'behind a redirect',
      { status: 302, headers: { location: '/sector' } },
      'invalid_client_metadata',
    ],
    ['without end', { body: `["${'x'.repeat(70_000)}"]` }, 'invalid_client_metadata'],
  ])('oidc registration section 5: one %s is refused', async (name, answer, error) => {
    const uri = site.publish(`/${name.replaceAll(' ', '-')}`, answer)
    expect(await bazaar.register(metadata(uri))).toMatchObject({ status: 400, body: { error } })
  })

  test('rfc7591 section 5: no address of our own is asked', async () => {
    const uri = 'https://169.254.169.254/latest/meta-data'
    expect(await bazaar.register(metadata(uri))).toMatchObject({
      status: 400,
      body: { error: 'invalid_client_metadata' },
    })
  })
})

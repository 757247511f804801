import { randomUUID, X509Certificate } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { importJWK, type JWK, SignJWT } from 'jose'
import { afterAll, expect, test } from 'vitest'
import { startLocalCloud } from '#local/start.ts'
import suite from '../../local/conformance-suite.json' with { type: 'json' }
import {
  askOverTls,
  type ClientCertificate,
  clientCertificate,
} from '../support/client-certificate.ts'
import { basic, RelyingParty } from '../support/relying-party.ts'

const conformance = new URL('../../local/conformance-configuration.json', import.meta.url)
const cloud = await startLocalCloud({
  port: 0,
  https: false,
  mtlsPort: 0,
  liftsRateLimits: true,
  configFile: fileURLToPath(conformance),
})
afterAll(() => cloud.close())

const callback = 'https://localhost.emobix.co.uk:8443/test/a/sallyport/callback'
const request = { client_id: 'basic-1', redirect_uri: callback }

test('rfc8705 section 5: the host for certificates serves the same issuer, with one and without', async () => {
  const { certificate: ca = '', mtlsOrigin, issuer } = cloud
  const url = `${mtlsOrigin}/conformance/.well-known/openid-configuration`
  for (const presented of [{}, { certificate: await clientCertificate('own') }]) {
    const response = await askOverTls(url, { ca, ...presented })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ issuer })
  }
})

test('npm start --no-rate-limits: whoever was wrong a dozen times may still be right', async () => {
  const party = new RelyingParty(cloud.origin, 'conformance')
  const page = await party.authorize(request)
  for (let attempt = 0; attempt < 12; attempt += 1) {
    expect((await party.submitPassword(page, { password: 'wrong' })).status).toBe(422)
  }
  const signedIn = await party.submitPassword(page, { password: 'harbour-lantern-tide' })
  expect(signedIn.status).toBe(200)
  expect(signedIn.url).toMatch(/\/signin\/consent/)
})

const { mtls: own, mtls2: other } = suite['fapi2-mtls']
const headerOf = ({ cert }: ClientCertificate) =>
  `:${new X509Certificate(cert).raw.toString('base64')}:`

interface Pushed {
  readonly at?: string | undefined
  readonly certificate?: ClientCertificate
  readonly headers?: Readonly<Record<string, string>>
}

/** Pushes a request of a client that proves itself by its certificate. */
function push({ at = cloud.mtlsOrigin, certificate, headers = {} }: Pushed): Promise<Response> {
  const form = new URLSearchParams({
    client_id: 'fapi2-mtls-1',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: callback,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const sent = { method: 'POST', headers: { ...type, ...headers }, body: String(form) }
  const url = `${at}/fapi2/oauth2/par`
  if (url.startsWith('http:')) return fetch(url, sent)
  return askOverTls(url, {
    ...sent,
    ca: cloud.certificate ?? '',
    ...(certificate && { certificate }),
  })
}

test('rfc8705 section 2: a client proves itself by the certificate of its connection', async () => {
  expect((await push({ certificate: own })).status).toBe(201)
})

test.each<[string, () => Pushed]>([
  ['no certificate', () => ({})],
  ["another client's certificate", () => ({ certificate: other })],
  ['its certificate in a header alone', () => ({ headers: { 'client-cert': headerOf(own) } })],
  [
    'its certificate in a header beside another one',
    () => ({ certificate: other, headers: { 'client-cert': headerOf(own) } }),
  ],
  [
    'its certificate in a header at the host of the issuer',
    () => ({
      at: cloud.origin,
      headers: { 'client-cert': headerOf(own), 'x-viewer-tls': 'mutual' },
    }),
  ],
])('rfc8705 section 6.5: %s proves nothing', async (_, pushed) => {
  const response = await push(pushed())
  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({ error: 'invalid_client' })
})

interface SuiteClient {
  readonly client_id: string
  readonly client_secret?: string
  readonly jwks?: {
    readonly keys: readonly (JWK & { readonly alg: string; readonly kid: string })[]
  }
}

interface SuitePlan {
  readonly server: { readonly discoveryUrl: string }
  readonly client: SuiteClient
  readonly client2: SuiteClient
  readonly mtls?: ClientCertificate
  readonly mtls2?: ClientCertificate
}

const plans: Readonly<Record<string, SuitePlan>> = suite

const clientsOf = ([plan, { server, client, client2, mtls, mtls2 }]: [string, SuitePlan]) => {
  const tenant = new URL(server.discoveryUrl).pathname.split('/')[1] ?? ''
  return [
    { plan, tenant, client, certificate: mtls },
    { plan, tenant, client: client2, certificate: mtls2 },
  ].map((given) => ({ ...given, id: given.client.client_id }))
}

async function assertionOf({ client_id: id, jwks }: SuiteClient, tenant: string) {
  const [key] = jwks?.keys ?? []
  if (key === undefined) return {}
  const jwt = await new SignJWT({
    iss: id,
    sub: id,
    aud: `${cloud.origin}/${tenant}`,
    jti: randomUUID(),
  })
    .setProtectedHeader({ alg: key.alg, kid: key.kid })
    .setExpirationTime('1m')
    .sign(await importJWK(key, key.alg))
  const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  return { client_assertion_type, client_assertion: jwt }
}

const byCertificate = ['fapi2-mtls', 'fapi1']

test.each(Object.entries(plans).flatMap(clientsOf))(
  'docs/conformance.md: the client $id of $plan proves itself with what is pasted into the suite',
  async ({ plan, tenant, client, certificate, id }) => {
    const { client_secret: secret } = client
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      ...(secret !== undefined && { authorization: basic(id, secret) }),
    }
    const usesCertificate = byCertificate.includes(plan) && certificate !== undefined
    const proof = usesCertificate || secret !== undefined ? {} : await assertionOf(client, tenant)
    const form = { grant_type: 'authorization_code', code: 'x', redirect_uri: callback, ...proof }
    const named = secret === undefined ? { ...form, client_id: id } : form
    const sent = { method: 'POST', headers, body: String(new URLSearchParams(named)) }
    const path = `${tenant}/oauth2/token`
    const response = usesCertificate
      ? await askOverTls(`${cloud.mtlsOrigin}/${path}`, {
          ...sent,
          ca: cloud.certificate ?? '',
          certificate,
        })
      : await fetch(`${cloud.origin}/${path}`, sent)
    expect(response.status).toBe(400)
    expect(await response.json()).not.toHaveProperty('error', 'invalid_client')
  },
)

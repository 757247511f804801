import { X509Certificate } from 'node:crypto'
import { describe, expect, inject, test } from 'vitest'
import { certificateThumbprint } from '#shared/oauth/authentication/client-certificate.ts'
import { issuingAuthority, trustedAuthority } from '../support/certificate-authority.ts'
import {
  askOverTls,
  type ClientCertificate,
  clientCertificate,
} from '../support/client-certificate.ts'
import { dpopKey } from '../support/dpop.ts'
import { registerLike } from '../support/own-client.ts'
import { basic, callback, claimsOf, RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const mtlsOrigin = inject('mtlsOrigin')
const ca = inject('mtlsCertificate')
const aws = inject('aws')

type Headers = Readonly<Record<string, string>>

/** Posts a form to an endpoint at the host that asks for certificates. */
async function post(
  path: string,
  form: Record<string, string>,
  certificate?: ClientCertificate,
  more: Headers = {},
) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...more }
  const body = new URLSearchParams(form).toString()
  const sent = { method: 'POST', headers, body, ca, ...(certificate && { certificate }) }
  const response = await askOverTls(`${mtlsOrigin}/${path}`, sent)
  const answer: Readonly<Record<string, unknown>> = JSON.parse(await response.text())
  return { status: response.status, headers: response.headers, body: answer }
}

const thumbprintOf = ({ cert }: ClientCertificate) =>
  certificateThumbprint(new X509Certificate(cert))

const jwkOf = ({ cert }: ClientCertificate) => {
  const certificate = new X509Certificate(cert)
  const x5c = [certificate.raw.toString('base64')]
  return { kty: 'EC', ...certificate.publicKey.export({ format: 'jwk' }), x5c }
}

const invalidClient = { status: 401, body: { error: 'invalid_client' } }

describe('rfc8705 section 2.1: tls_client_auth', async () => {
  const authority = trustedAuthority()
  const name = (commonName: string) => [
    { name: 'organizationName', value: 'Acme' },
    { name: 'commonName', value: commonName },
  ]
  const form = { grant_type: 'client_credentials', client_id: 'certified' }
  const token = (certificate?: ClientCertificate) =>
    post('possession/oauth2/token', form, certificate)

  test('a certificate of a trusted authority, with the registered name, authenticates', async () => {
    const certificate = await authority.issue(name('certified'))
    const answer = await token(certificate)
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer' } })
    expect(claimsOf(answer.body['access_token'])['cnf']).toEqual({
      'x5t#S256': thumbprintOf(certificate),
    })
  })

  test.each([
    ['with another name', await authority.issue(name('other'))],
    [
      'of an authority that nobody trusts',
      await (await issuingAuthority()).issue(name('certified')),
    ],
    ['that signs itself', await clientCertificate('certified')],
    [
      'whose time is over',
      await authority.issue(name('certified'), {
        notBeforeDate: new Date('2020-01-01'),
        notAfterDate: new Date('2021-01-01'),
      }),
    ],
    ['that is missing', undefined],
  ])('a certificate %s does not', async (_, certificate) => {
    expect(await token(certificate)).toMatchObject(invalidClient)
  })

  test('a certificate that a header claims is none', async () => {
    const { cert } = await authority.issue(name('certified'))
    const claimed = `:${new X509Certificate(cert).raw.toString('base64')}:`
    for (const [host, tls] of [
      [mtlsOrigin, 'mutual'],
      [origin, 'mutual'],
    ] as const) {
      const headers = { 'client-cert': claimed, 'x-viewer-tls': tls }
      const body = new URLSearchParams(form)
      const answer =
        host === mtlsOrigin
          ? await post('possession/oauth2/token', form, undefined, headers)
          : await fetch(`${host}/possession/oauth2/token`, { method: 'POST', headers, body })
      expect(answer.status).toBe(401)
    }
  })
})

describe('rfc8705 section 2.2: self_signed_tls_client_auth', () => {
  test('a registered certificate authenticates, any other does not', async () => {
    const own = await clientCertificate('own')
    const client_id = await registerLike(aws, ['acme', 'machine'], {
      tokenEndpointAuthMethod: 'self_signed_tls_client_auth',
      secretHashes: [],
      keys: [jwkOf(own)],
    })
    const form = { grant_type: 'client_credentials', client_id }
    const token = (certificate?: ClientCertificate) => post('acme/oauth2/token', form, certificate)
    expect(await token(own)).toMatchObject({ status: 200, body: { token_type: 'Bearer' } })
    expect(await token(await clientCertificate('own'))).toMatchObject(invalidClient)
    expect(await token()).toMatchObject(invalidClient)
  })
})

describe('rfc8705 section 3: tokens that are bound to a certificate', () => {
  const party = new RelyingParty(origin)
  const bound = { certificateBoundAccessTokens: true } as const

  const tokensOf = async (certificate: ClientCertificate) => {
    const client_id = await registerLike(aws, ['acme', 'web'], bound)
    const code = await party.code({ client_id })
    const form = { grant_type: 'authorization_code', code, redirect_uri: callback }
    const authorization = basic(client_id, 'web-secret')
    const { body } = await post('acme/oauth2/token', form, certificate, { authorization })
    return { authorization, form, body }
  }

  const userInfo = async (token: unknown, certificate?: ClientCertificate) => {
    const headers = { authorization: `Bearer ${token}` }
    const sent = { headers, ca, ...(certificate && { certificate }) }
    return askOverTls(`${mtlsOrigin}/acme/oauth2/userinfo`, sent)
  }

  test('rfc8705 section 3: are refused to everybody who does not show it', async () => {
    const own = await clientCertificate('own')
    const { body } = await tokensOf(own)
    expect((await userInfo(body['access_token'], own)).status).toBe(200)
    for (const other of [undefined, await clientCertificate('other')]) {
      const response = await userInfo(body['access_token'], other)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"')
    }
    const plain = await party.userInfo(String(body['access_token']))
    expect(plain).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
  })

  test('rfc8705 section 7.1: refreshed by a confidential client, they follow its certificate', async () => {
    const { authorization, body } = await tokensOf(await clientCertificate('first'))
    const next = await clientCertificate('next')
    const form = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) }
    const answer = await post('acme/oauth2/token', form, next, { authorization })
    expect(claimsOf(answer.body['access_token'])['cnf']).toEqual({ 'x5t#S256': thumbprintOf(next) })
  })

  test('rfc8705 section 3.4: without a certificate such a client gets none', async () => {
    const client_id = await registerLike(aws, ['acme', 'machine'], bound)
    const authorization = basic(client_id, 'machine-secret')
    const form = { grant_type: 'client_credentials' }
    expect(await post('acme/oauth2/token', form, undefined, { authorization })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    })
  })
})

test('rfc8705 section 5: discovery names the aliases, and what is bound there', async () => {
  const response = await fetch(`${origin}/acme/.well-known/openid-configuration`)
  expect(await response.json()).toMatchObject({
    tls_client_certificate_bound_access_tokens: true,
    token_endpoint_auth_methods_supported: expect.arrayContaining([
      'tls_client_auth',
      'self_signed_tls_client_auth',
    ]),
    mtls_endpoint_aliases: {
      token_endpoint: `${mtlsOrigin}/acme/oauth2/token`,
      userinfo_endpoint: `${mtlsOrigin}/acme/oauth2/userinfo`,
    },
  })
})

test('rfc9449 section 4.3: a proof may name the alias as its target', async () => {
  const key = await dpopKey()
  const form = { grant_type: 'client_credentials' }
  const headers = {
    authorization: basic('machine', 'machine-secret'),
    dpop: await key.proof({ htu: `${mtlsOrigin}/acme/oauth2/token` }),
  }
  const answer = await post('acme/oauth2/token', form, undefined, headers)
  expect(answer).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
})

test('rfc9449 section 8: where nonces are demanded, the first proof is answered with one', async () => {
  const key = await dpopKey()
  const path = 'possession/oauth2/token'
  const form = { grant_type: 'client_credentials' }
  const authorization = basic('machine', 'machine-secret')
  const htu = `${mtlsOrigin}/${path}`
  const first = await post(path, form, undefined, { authorization, dpop: await key.proof({ htu }) })
  expect(first).toMatchObject({ status: 400, body: { error: 'use_dpop_nonce' } })
  const nonce = first.headers.get('dpop-nonce') ?? ''
  const proof = await key.proof({ htu, nonce })
  const next = await post(path, form, undefined, { authorization, dpop: proof })
  expect(next).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
})

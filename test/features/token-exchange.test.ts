import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { ExchangeParty, exchangeTenant, tokenType } from '../support/exchange-party.ts'
import { clientNamed, ExternalIssuer } from '../support/external-issuer.ts'
import { registerLike } from '../support/own-client.ts'
import { basic, callback, claimsOf } from '../support/relying-party.ts'
import { revoke } from '../support/token-inquiry.ts'

const [gateway, orders] = ['https://gateway.example/', 'https://orders.example/']
const party = new ExchangeParty()

let subject = ''
beforeAll(async () => {
  subject = (await party.signedIn(gateway, orders)).accessToken
})

const refused = { status: 400, body: { error: 'invalid_request' } }

describe('rfc8693 section 2: a token is exchanged', () => {
  test('rfc8693 section 2.2.1: by an API for the next one, which learns who acts', async () => {
    const { status, body, headers } = await party.exchange('gateway', subject, { resource: orders })
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        access_token: expect.any(String),
        issued_token_type: tokenType.accessToken,
        token_type: 'Bearer',
        expires_in: expect.any(Number),
        scope: 'orders:read orders:write',
      },
    })
    expect(headers.get('cache-control')).toBe('no-store')
    const [before, after] = [claimsOf(subject), claimsOf(body['access_token'])]
    expect(after).toMatchObject({
      sub: before['sub'],
      aud: orders,
      client_id: 'gateway',
      act: { sub: 'gateway' },
    })
    expect(Number(after['exp'])).toBeLessThanOrEqual(Number(before['exp']))
    const { body: said } = await party.introspect('orders', body['access_token'])
    expect(said).toMatchObject({ active: true, act: { sub: 'gateway' } })
  })

  test('rfc8693 section 4.1: who acts now stands in front of who has acted before', async () => {
    const first = await party.exchange('gateway', subject, { resource: orders })
    const machine = await party.as('orders', { grant_type: 'client_credentials' })
    const second = await party.exchange('orders', String(first.body['access_token']), {
      actor_token: String(machine.body['access_token']),
      actor_token_type: tokenType.accessToken,
    })
    expect(claimsOf(second.body['access_token'])).toMatchObject({
      act: { sub: 'orders', act: { sub: 'gateway' } },
    })
  })

  test('rfc8693 section 1.1: who may impersonate adds nobody', async () => {
    const { body } = await party.exchange('orders', subject)
    expect(claimsOf(body['access_token'])).not.toHaveProperty('act')
  })

  test('a client narrows its own token, and nobody acts for anybody', async () => {
    const { body } = await party.exchange('web', subject, {
      resource: orders,
      scope: 'orders:read',
    })
    expect(body).toMatchObject({ scope: 'orders:read' })
    const claims = claimsOf(body['access_token'])
    expect(claims).toMatchObject({ aud: orders, scope: 'orders:read' })
    expect(claims).not.toHaveProperty('act')
  })

  test('rfc8693 section 2.1: audience and resource may be there more than once', async () => {
    const { body } = await party.exchange('gateway', subject, [
      ['audience', orders],
      ['audience', gateway],
    ])
    expect(claimsOf(body['access_token'])).toMatchObject({ aud: [orders, gateway] })
  })

  test('an ID token says who somebody is to its own client alone', async () => {
    const { idToken } = await party.signedIn()
    const more = { subject_token_type: tokenType.idToken, scope: 'orders:read' }
    const { status, body } = await party.exchange('web', idToken, more)
    expect({ status, body }).toMatchObject({ status: 200, body: { scope: 'orders:read' } })
    expect(await party.exchange('gateway', idToken, more)).toMatchObject(refused)
  })

  test('that of a pairwise client stands as long as its session', async () => {
    const rp = new ExchangeParty()
    const more = { subjectType: 'pairwise' } as const
    const client = await registerLike(inject('aws'), [exchangeTenant, 'web'], more)
    const secret = basic(client, 'web-secret')
    const code = await rp.code({ client_id: client })
    const redeeming = { grant_type: 'authorization_code', code, redirect_uri: callback }
    const idToken = String((await rp.token(redeeming, secret)).body['id_token'])
    const exchanging = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: idToken,
      subject_token_type: tokenType.idToken,
      scope: 'orders:read',
    }
    expect(await rp.token(exchanging, secret)).toMatchObject({ status: 200 })
    await rp.signOut(idToken)
    expect(await rp.token(exchanging, secret)).toMatchObject(refused)
  })
})

describe('rfc8693 section 2.2.2: invalid_request', () => {
  test.each([
    ['without subject_token', { subject_token: '' }],
    ['a type that is not known', { subject_token_type: 'urn:example:type' }],
    ['a refresh token', { subject_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }],
    ['an actor token without its type', { actor_token: 'x' }],
    ['an actor type without its token', { actor_token_type: tokenType.jwt }],
    ['an actor token of nobody', { actor_token: 'x', actor_token_type: tokenType.accessToken }],
    [
      'another type than what is issued',
      { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' },
    ],
  ])('%s', async (_, more) => {
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: subject,
      subject_token_type: tokenType.accessToken,
      ...more,
    }
    expect(await party.as('gateway', form)).toMatchObject(refused)
  })

  test('a token that was given to somebody else, and is not for the client either', async () => {
    expect(await party.exchange('partner', subject)).toMatchObject(refused)
  })

  test('rfc8693 section 5: a client that does not authenticate', async () => {
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: subject,
      subject_token_type: tokenType.accessToken,
    }
    for (const more of [{}, { client_id: 'gateway' }, { client_id: 'web' }]) {
      const answer = await party.token({ ...form, ...more })
      expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    }
  })

  test('rfc8693 section 5: an actor token that was issued to somebody else', async () => {
    const machine = await party.as('orders', { grant_type: 'client_credentials' })
    const actor = { actor_token: String(machine.body['access_token']) }
    const more = { ...actor, actor_token_type: tokenType.accessToken, resource: orders }
    expect(await party.exchange('gateway', subject, more)).toMatchObject(refused)
  })

  test.each(['x', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.'])(
    'a token that is none: %s',
    async (token) => {
      expect(await party.exchange('gateway', token)).toMatchObject(refused)
    },
  )
})

test('rfc8693 section 2.2.2: another target than the token or the client allows is invalid_target', async () => {
  const more = { resource: party.issuer }
  expect(await party.exchange('gateway', subject, more)).toMatchObject({
    status: 400,
    body: { error: 'invalid_target' },
  })
  expect(await party.exchange('gateway', subject, { audience: 'nobody' })).toMatchObject({
    status: 400,
    body: { error: 'invalid_target' },
  })
})

test('rfc8693 section 2.1: a scope that the token does not have is invalid_scope', async () => {
  const narrow = await party.exchange('web', subject, { scope: 'orders:read' })
  const more = { scope: 'orders:write' }
  const wide = await party.exchange('web', String(narrow.body['access_token']), more)
  expect(wide).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
})

test('rfc8693 section 2.1: a client that may not exchange is told so', async () => {
  expect(await party.exchange('deployer', subject)).toMatchObject({ status: 401 })
})

describe('rfc8693 section 2.1: what was exchanged falls with the sign-in that it comes from', () => {
  test('a revoked line takes it along, and cannot be exchanged any more', async () => {
    const own = new ExchangeParty()
    const tokens = await own.signedIn(gateway, orders)
    const { body } = await own.exchange('gateway', tokens.accessToken, { resource: orders })
    expect(await revoke(own, tokens.refreshToken, 'web')).toMatchObject({ status: 200 })
    const answer = await own.introspect('orders', body['access_token'])
    expect(answer.body).toEqual({ active: false })
    expect(await own.exchange('gateway', tokens.accessToken)).toMatchObject(refused)
  })
})

test('rfc7009 section 2.1: an exchanged token is worth something at userinfo until its client revokes it', async () => {
  const own = new ExchangeParty()
  const { accessToken } = await own.signedIn(gateway, own.issuer)
  const more = { resource: own.issuer, scope: 'openid' }
  const { body } = await own.exchange('gateway', accessToken, more)
  const headers = { authorization: `Bearer ${body['access_token']}` }
  const userinfo = () => fetch(`${own.issuer}/oauth2/userinfo`, { headers })
  const answer = await userinfo()
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ sub: claimsOf(accessToken)['sub'] })
  const revocation = await fetch(`${own.issuer}/oauth2/revoke`, {
    method: 'POST',
    headers: { authorization: basic('gateway', 'gateway-secret') },
    body: new URLSearchParams({ token: String(body['access_token']) }),
  })
  expect(revocation.status).toBe(200)
  expect((await userinfo()).status).toBe(401)
})

describe('rfc8693 section 2.1: a token of a trusted issuer', () => {
  const idp = new ExternalIssuer()
  const ada = { sub: 'people/1', name: 'ada@example.com', aud: party.issuer }
  beforeAll(async () => {
    await idp.start()
    await idp.trustedBy(inject('aws'), exchangeTenant, {
      mappings: [
        { match: { sub: 'gateways/1' }, client: clientNamed('gateway') },
        {
          match: { sub: 'people/1' },
          userNameClaim: 'name',
          clients: [clientNamed('partner'), clientNamed('gateway')],
          scopes: ['orders:read'],
          resources: [orders],
        },
      ],
    })
  })
  afterAll(() => idp.app.close())

  const jwt = { subject_token_type: tokenType.jwt }
  const now = () => Math.floor(Date.now() / 1000)

  test('is exchanged as often as it is needed, and never outlived', async () => {
    const token = await idp.token({ ...ada, exp: now() + 60 })
    for (const more of [jwt, { subject_token_type: tokenType.idToken }]) {
      const { status, body } = await party.exchange('partner', token, more)
      expect({ status, body }).toMatchObject({ status: 200, body: { scope: 'orders:read' } })
      expect(Number(body['expires_in'])).toBeLessThanOrEqual(60)
      expect(claimsOf(body['access_token'])).toMatchObject({ aud: orders, act: { sub: 'partner' } })
      const answer = await party.introspect('orders', body['access_token'])
      expect(answer.body).toMatchObject({ active: true })
    }
  })

  test('rfc8693 section 4.4: may name who may act, and nobody else does', async () => {
    const token = await idp.token({ ...ada, may_act: { sub: 'gateway' } })
    expect(await party.exchange('gateway', token, jwt)).toMatchObject({ status: 200 })
    expect(await party.exchange('partner', token, jwt)).toMatchObject(refused)
  })

  test('rfc8693 section 4.1: may say who acts, where it is the client itself', async () => {
    const actor = async (sub: string) => ({
      ...jwt,
      actor_token: await idp.token({ sub, aud: party.issuer }),
      actor_token_type: tokenType.jwt,
    })
    const token = await idp.token(ada)
    const { body } = await party.exchange('gateway', token, await actor('gateways/1'))
    expect(claimsOf(body['access_token'])['act']).toEqual({ iss: idp.issuer, sub: 'gateways/1' })
    for (const sub of ['people/1', 'gateways/2']) {
      expect(await party.exchange('gateway', token, await actor(sub))).toMatchObject(refused)
    }
  })

  test.each([
    ['for somebody else', { aud: 'https://else.example' }],
    ['that has expired', { exp: 1 }],
    ['of nobody here', { name: 'nobody@example.com' }],
    ['of somebody who is not mapped', { sub: 'people/2' }],
  ])('is refused when it is one %s', async (_, more) => {
    const token = await idp.token({ ...ada, ...more })
    expect(await party.exchange('partner', token, jwt)).toMatchObject(refused)
  })

  test('is refused of a client that may not bring it', async () => {
    const token = await idp.token(ada)
    expect(await party.exchange('orders', token, jwt)).toMatchObject(refused)
  })
})

import { describe, expect, test } from 'vitest'
import { halfHash } from '#shared/jose/half-hash.ts'
import { ResponseParty } from '../support/response-party.ts'

const nonce = 'n-0S6_WzA2Mj'
const asked = (responseType: string) => ({
  response_type: responseType,
  nonce,
  state: 'af0ifjsldkj',
  scope: 'openid email',
})

test.each([
  ['code id_token', ['code', 'id_token']],
  ['code token', ['access_token', 'code', 'expires_in', 'scope', 'token_type']],
  [
    'code id_token token',
    ['access_token', 'code', 'expires_in', 'id_token', 'scope', 'token_type'],
  ],
])(
  'oauth multiple response types section 5 and oidc core section 3.3.2.5: %s answers in the fragment with what it names',
  async (type, names) => {
    const answer = await new ResponseParty().inFragment(asked(type))
    const always = ['iss', 'session_state', 'state']
    expect(Object.keys(answer).sort()).toEqual([...names, ...always].sort())
  },
)

test('oidc core section 3.3.2.11 and 16.11: c_hash and at_hash bind code and access token, s_hash the state', async () => {
  const rp = new ResponseParty()
  const answer = await rp.inFragment(asked('code id_token token'))
  expect(await rp.verified(answer['id_token'])).toMatchObject({
    nonce,
    c_hash: halfHash('RS256', answer['code'] ?? ''),
    at_hash: halfHash('RS256', answer['access_token'] ?? ''),
    s_hash: halfHash('RS256', 'af0ifjsldkj'),
  })
})

test('oidc core section 3.3.2.11: the hashes are those of the algorithm of the ID token', async () => {
  const rp = new ResponseParty('edwards')
  const answer = await rp.inFragment(asked('code id_token token'))
  expect(await rp.verified(answer['id_token'])).toMatchObject({
    alg: 'EdDSA',
    c_hash: halfHash('EdDSA', answer['code'] ?? ''),
    at_hash: halfHash('EdDSA', answer['access_token'] ?? ''),
  })
})

test('an opaque access token is handed out where the client is registered for such', async () => {
  const rp = new ResponseParty('edwards')
  const { access_token: token = '' } = await rp.inFragment(asked('code token'))
  expect(token).not.toMatch(/^eyJ/)
  expect(await rp.userInfo(token)).toMatchObject({ status: 200 })
})

test('oidc core section 3.3.2.11: without an access token there is no at_hash', async () => {
  const rp = new ResponseParty()
  const answer = await rp.inFragment(asked('code id_token'))
  const claims = await rp.verified(answer['id_token'])
  expect(claims).toHaveProperty('c_hash')
  expect(claims).not.toHaveProperty('at_hash')
  expect(claims).not.toHaveProperty('email')
})

test('oidc core section 3.3.3.6: both ID tokens have the same iss and sub, and speak of one authentication', async () => {
  const rp = new ResponseParty()
  const answer = await rp.inFragment(asked('code id_token'))
  const { body } = await rp.redeemed(answer['code'] ?? '')
  const front = await rp.verified(answer['id_token'])
  const back = await rp.verified(body['id_token'])
  for (const name of ['iss', 'sub', 'aud', 'auth_time', 'nonce', 'sid']) {
    expect(back[name]).toEqual(front[name])
  }
  expect(back).not.toHaveProperty('c_hash')
})

test('oidc core section 3.3.2.1: code token needs no nonce', async () => {
  const rp = new ResponseParty()
  const answer = await rp.inFragment({ response_type: 'code token' })
  expect(answer).toMatchObject({ code: expect.any(String), access_token: expect.any(String) })
  const { body } = await rp.redeemed(answer['code'] ?? '')
  expect(await rp.verified(body['id_token'])).not.toHaveProperty('nonce')
})

test('oidc core section 5.3: both access tokens are good at userinfo', async () => {
  const rp = new ResponseParty()
  const answer = await rp.inFragment(asked('code token'))
  const { body } = await rp.redeemed(answer['code'] ?? '')
  for (const token of [answer['access_token'], body['access_token']]) {
    expect(await rp.userInfo(String(token))).toMatchObject({ status: 200 })
  }
})

describe('rfc6749 section 4.1.2: a second use of the code', () => {
  test.each(['code token', 'code id_token token'])(
    'revokes what was handed out beside it too: %s',
    async (type) => {
      const rp = new ResponseParty()
      const answer = await rp.inFragment(asked(type))
      const { body } = await rp.redeemed(answer['code'] ?? '')
      expect(await rp.redeemed(answer['code'] ?? '')).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      })
      for (const token of [answer['access_token'], body['access_token']]) {
        expect(await rp.userInfo(String(token))).toMatchObject({ status: 401 })
      }
    },
  )
})

test('form_post section 2: everything comes in a form where that is asked for', async () => {
  const rp = new ResponseParty()
  const page = await rp.authorize({ ...asked('code id_token token'), response_mode: 'form_post' })
  const posted = await rp.submitPassword(page)
  for (const name of ['code', 'id_token', 'access_token', 'token_type', 'expires_in', 'iss']) {
    expect(posted.field(name)).toBeTruthy()
  }
})

describe('refusals', () => {
  test('form_post section 2: are posted where that is asked for', async () => {
    const rp = new ResponseParty()
    const wrong = { response_type: 'code id_token', response_mode: 'form_post', state: 's' }
    const posted = await rp.authorize(wrong)
    expect(posted.status).toBe(200)
    expect(posted.field('error')).toBe('invalid_request')
    expect(posted.field('state')).toBe('s')
    expect(posted.field('iss')).toBe(rp.issuer)
    expect(posted.field('code')).toBeUndefined()
  })

  test.each(['code id_token', 'code id_token token'])(
    'oidc core section 3.3.2.1 and 3.3.2.6: %s needs a nonce, and is told so in the fragment',
    async (type) => {
      const answer = await new ResponseParty().inFragment({ response_type: type, state: 's' })
      expect(answer).toMatchObject({ error: 'invalid_request', state: 's' })
      expect(answer).not.toHaveProperty('code')
    },
  )

  test.each(['code id_token', 'code token'])(
    'oauth multiple response types section 2.1: %s is never returned in a query',
    async (type) => {
      const url = await new ResponseParty().signIn({ ...asked(type), response_mode: 'query' })
      expect(url.searchParams.get('error')).toBe('invalid_request')
      expect(url.href).not.toContain('id_token=')
    },
  )

  test('rfc6749 section 4.1.2.1: an unknown word is an unsupported_response_type', async () => {
    const url = await new ResponseParty().signIn({ response_type: 'code none' })
    expect(url.searchParams.get('error')).toBe('unsupported_response_type')
  })
})

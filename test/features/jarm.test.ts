import { describe, expect, test } from 'vitest'
import { decrypted, ResponseParty } from '../support/response-party.ts'

const state = 'ä €&=+%'.repeat(3)

describe('an answer as one signed JWT', () => {
  test.each([
    ['jwt', 'search'],
    ['query.jwt', 'search'],
    ['fragment.jwt', 'hash'],
  ] as const)(
    'jarm section 2.3, 2.3.1, 2.3.2 and 2.3.4: with %s nothing but response is in the %s',
    async (mode, part) => {
      const rp = new ResponseParty('web')
      const url = await rp.signIn({ response_mode: mode, state })
      const fields = new URLSearchParams(url[part].slice(1))
      expect([...fields.keys()]).toEqual(['response'])
      expect(url[part === 'hash' ? 'search' : 'hash']).toBe('')
      const { exp = 0, ...claims } = await rp.verified(fields.get('response'))
      expect(claims).toMatchObject({ iss: rp.issuer, aud: 'web', state, code: expect.any(String) })
      expect(exp - Date.now() / 1000).toBeGreaterThan(0)
      expect(exp - Date.now() / 1000).toBeLessThanOrEqual(600)
    },
  )

  test('jarm section 2.3.3: with form_post.jwt it is the one field of a form', async () => {
    const rp = new ResponseParty('web')
    const page = await rp.authorize({ response_mode: 'form_post.jwt', state })
    const posted = await rp.submitPassword(page)
    expect(await rp.verified(posted.field('response'))).toMatchObject({ state })
    expect(posted.field('state')).toBeUndefined()
    expect(posted.field('code')).toBeUndefined()
  })

  test('rfc6749 section 4.1.3: its code is a code like any other', async () => {
    const rp = new ResponseParty('web')
    const { code } = await rp.verified((await rp.inQuery({ response_mode: 'jwt' }))['response'])
    expect(await rp.redeemed(String(code))).toMatchObject({ status: 200 })
  })

  test('jarm section 3 and oidc core section 16.6: it is signed with the algorithm that the client has registered', async () => {
    const rp = new ResponseParty('signed')
    const { response } = await rp.inQuery({ response_mode: 'jwt' })
    expect(await rp.verified(response)).toMatchObject({ alg: 'ES256' })
  })

  test('jarm section 2.3.4: jwt means the fragment where tokens are in the answer', async () => {
    const rp = new ResponseParty()
    const asked = { response_type: 'code id_token token', nonce: 'n', response_mode: 'jwt' }
    const { response, ...others } = await rp.inFragment(asked)
    expect(others).toEqual({})
    expect(await rp.verified(response)).toMatchObject({
      code: expect.any(String),
      id_token: expect.any(String),
      access_token: expect.any(String),
      token_type: 'Bearer',
    })
  })
})

describe('jarm section 2.1: a refusal is signed as well', () => {
  test.each([
    ['query.jwt', { scope: 'unknown' }, 'invalid_scope'],
    ['jwt', { prompt: 'none' }, 'login_required'],
    ['query.jwt', { response_type: 'id_token', nonce: 'n' }, 'unauthorized_client'],
  ])('%s: %j', async (mode, parameters: Record<string, string>, error) => {
    const rp = new ResponseParty('web')
    const { response, ...others } = await rp.inQuery({
      response_mode: mode,
      state: 's',
      ...parameters,
    })
    expect(others).toEqual({})
    expect(await rp.verified(response)).toMatchObject({ error, state: 's' })
  })

  test('jarm section 2.3.1: query.jwt is no way for an ID token that is not encrypted', async () => {
    const rp = new ResponseParty()
    const asked = { response_type: 'code id_token', nonce: 'n', response_mode: 'query.jwt' }
    const claims = await rp.verified((await rp.inQuery(asked))['response'])
    expect(claims).toMatchObject({ error: 'invalid_request' })
    expect(claims).not.toHaveProperty('id_token')
  })
})

describe('jarm section 2.2 and 5.4 and oidc core section 16.5: encrypted to a client that has registered for it', () => {
  test('it is signed first', async () => {
    const rp = new ResponseParty('encrypted')
    const { response } = await rp.inQuery({ response_mode: 'jwt', state: 's' })
    const { text, header } = await decrypted(response)
    expect(header).toMatchObject({ alg: 'ECDH-ES', enc: 'A128CBC-HS256', cty: 'JWT' })
    expect(await rp.verified(text)).toMatchObject({ code: expect.any(String), state: 's' })
  })

  test('then query.jwt is a way for an ID token, itself encrypted', async () => {
    const rp = new ResponseParty('encrypted')
    const asked = { response_type: 'code id_token', nonce: 'n', response_mode: 'query.jwt' }
    const { text } = await decrypted((await rp.inQuery(asked))['response'])
    const { id_token: idToken } = await rp.verified(text)
    expect(await rp.verified((await decrypted(idToken)).text)).toMatchObject({ nonce: 'n' })
  })
})

test('rfc8725 section 3.12: a signed answer is no id_token_hint', async () => {
  const rp = new ResponseParty('web')
  const { response = '' } = await rp.inQuery({ response_mode: 'jwt' })
  const answer = await rp.inQuery({ id_token_hint: response })
  expect(answer).toMatchObject({ error: 'invalid_request' })
})

test('oidc discovery section 3: the modes and their algorithms are announced', async () => {
  const { issuer } = new ResponseParty()
  const response = await fetch(`${issuer}/.well-known/openid-configuration`)
  expect(await response.json()).toMatchObject({
    response_modes_supported: [
      'query',
      'fragment',
      'form_post',
      'query.jwt',
      'fragment.jwt',
      'form_post.jwt',
      'jwt',
    ],
    authorization_signing_alg_values_supported: ['RS256', 'ES256', 'EdDSA'],
    response_types_supported: expect.arrayContaining(['code', 'id_token', 'code id_token token']),
    subject_types_supported: ['public', 'pairwise'],
  })
})

import { describe, expect, test } from 'vitest'
import { halfHash } from '#shared/jose/half-hash.ts'
import { ResponseParty } from '../support/response-party.ts'

const nonce = 'n-0S6_WzA2Mj'

describe('id_token', () => {
  const asked = { response_type: 'id_token', nonce, state: 's', scope: 'openid profile groups' }

  test('oidc core section 3.2.2.5: comes in the fragment, with state and iss, and nothing of a token', async () => {
    const answer = await new ResponseParty('page').inFragment(asked)
    expect(Object.keys(answer).sort()).toEqual(['id_token', 'iss', 'session_state', 'state'])
    expect(answer['state']).toBe('s')
  })

  test('oidc core section 3.2.2.10: has the nonce, and no at_hash where there is no access token', async () => {
    const rp = new ResponseParty('page')
    const claims = await rp.verified((await rp.inFragment(asked))['id_token'])
    expect(claims).toMatchObject({ nonce, s_hash: halfHash('RS256', 's'), alg: 'RS256' })
    expect(claims).not.toHaveProperty('at_hash')
    expect(claims).not.toHaveProperty('c_hash')
  })

  test('oidc core section 5.4: brings the claims of the scopes, as no userinfo can be asked', async () => {
    const rp = new ResponseParty('page')
    const claims = await rp.verified((await rp.inFragment(asked))['id_token'])
    expect(claims).toMatchObject({ name: 'Ada Lovelace', groups: ['Engineers'] })
    expect(claims).not.toHaveProperty('email')
  })

  test('form_post section 2: or in a form', async () => {
    const rp = new ResponseParty('page')
    const page = await rp.authorize({ ...asked, response_mode: 'form_post' })
    const posted = await rp.submitPassword(page)
    expect(posted.status).toBe(200)
    expect(await rp.verified(posted.field('id_token'))).toMatchObject({ nonce })
    expect(posted.field('state')).toBe('s')
  })
})

describe('id_token token', () => {
  const asked = { response_type: 'id_token token', nonce, scope: 'openid email' }

  test('oidc core section 3.2.2.5: access_token, token_type and expires_in beside the ID token', async () => {
    const answer = await new ResponseParty('page').inFragment(asked)
    expect(answer).toMatchObject({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: '300',
      scope: 'openid email',
      id_token: expect.any(String),
    })
    expect(answer).not.toHaveProperty('code')
    expect(answer).not.toHaveProperty('refresh_token')
  })

  /**
   * A client that verifies it takes no access token that was put in its place.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc6749#section-10.16
   * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.6.1
   */
  test('oidc core section 3.2.2.10 and 16.11: at_hash binds the access token', async () => {
    const rp = new ResponseParty('page')
    const answer = await rp.inFragment(asked)
    const claims = await rp.verified(answer['id_token'])
    expect(claims['at_hash']).toBe(halfHash('RS256', answer['access_token'] ?? ''))
    expect(claims).not.toHaveProperty('email')
  })

  test('oidc core section 5.3: userinfo answers with the sub of the ID token', async () => {
    const rp = new ResponseParty('page')
    const answer = await rp.inFragment(asked)
    const { sub } = await rp.verified(answer['id_token'])
    const { status, body } = await rp.userInfo(answer['access_token'] ?? '')
    expect({ status, body }).toMatchObject({ status: 200, body: { sub, email: 'ada@example.com' } })
  })

  test('rfc6749 section 3.1.1: the words of a response type may stand in any order', async () => {
    const rp = new ResponseParty('page')
    const answer = await rp.inFragment({ ...asked, response_type: 'token id_token' })
    expect(answer).toHaveProperty('access_token')
  })

  test('rfc9068 section 4: an access token ends with the session that it comes from', async () => {
    const rp = new ResponseParty('page')
    const answer = await rp.inFragment(asked)
    await rp.signOut(answer['id_token'] ?? '')
    expect(await rp.userInfo(answer['access_token'] ?? '')).toMatchObject({ status: 401 })
  })
})

test('rfc6749 section 4.2.2: token alone is an access token, with neither ID token nor refresh token', async () => {
  const rp = new ResponseParty('page')
  const answer = await rp.inFragment({ response_type: 'token', scope: 'openid', state: 's' })
  expect(answer).toMatchObject({ access_token: expect.any(String), state: 's', iss: rp.issuer })
  expect(answer).not.toHaveProperty('id_token')
  expect(answer).not.toHaveProperty('refresh_token')
})

describe('refusals', () => {
  test('rfc6749 section 4.2.1 and 4.2.2.1: no token goes to an address that is not registered', async () => {
    const redirect_uri = 'https://evil.example/callback'
    const page = await new ResponseParty('page').authorize({ response_type: 'token', redirect_uri })
    expect(page.status).toBe(400)
    expect(page.headers.get('location')).toBeNull()
  })

  test.each([
    ['oidc core section 3.2.2.1: nonce is required', { response_type: 'id_token' }],
    [
      'oidc core section 3.2.2.1: openid is required',
      { response_type: 'id_token token', nonce, scope: 'profile' },
    ],
  ])('%s', async (_, parameters) => {
    const answer = await new ResponseParty('page').inFragment({ ...parameters, state: 's' })
    expect(answer).toMatchObject({ error: 'invalid_request', state: 's' })
    expect(answer).not.toHaveProperty('id_token')
  })

  test('oauth multiple response types section 2.1, 3 and 7 and oidc core section 16.4: a token is never returned in a query', async () => {
    const rp = new ResponseParty('page')
    const url = await rp.signIn({ response_type: 'id_token', nonce, response_mode: 'query' })
    expect(url.searchParams.get('error')).toBe('invalid_request')
  })

  test.each(['token', 'id_token', 'id_token token', 'code token'])(
    'rfc9700 section 2.1.2 and oidc core section 16.16: a client that is not registered for %s is refused',
    async (responseType) => {
      const rp = new ResponseParty('web')
      const answer = await rp.inFragment({ response_type: responseType, nonce })
      expect(answer).toMatchObject({ error: 'unauthorized_client' })
    },
  )

  test('rfc6749 section 4.2.2.1 and oidc core section 3.2.2.6: prompt=none without a session is told in the fragment', async () => {
    const asked = { response_type: 'id_token', nonce, prompt: 'none' }
    expect(await new ResponseParty('page').inFragment(asked)).toMatchObject({
      error: 'login_required',
    })
  })
})

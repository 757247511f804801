import { describe, expect, test } from 'vitest'
import { submit } from '../../tools/smoke/page-form.ts'
import { claimsOf } from '../support/relying-party.ts'
import { RequestParty } from '../support/request-party.ts'
import { ResponseParty } from '../support/response-party.ts'

const asking = (claims: object) => ({ claims: JSON.stringify(claims) })

const answerOf = (url: URL | string) => Object.fromEntries(new URL(url).searchParams)

/** Signs in with these parameters and answers the tokens. */
async function tokensFor(rp: RequestParty, more: Record<string, string>) {
  const url = await rp.answered(await rp.begin(rp.request(more)))
  const { body } = await rp.redeemed(url.searchParams.get('code') ?? '')
  return { body, idToken: claimsOf(body['id_token']), accessToken: String(body['access_token']) }
}

describe('the claims parameter', () => {
  test('oidc core section 5.5: asks for single claims, in the ID token and from userinfo', async () => {
    const rp = new RequestParty()
    const { idToken, accessToken } = await tokensFor(
      rp,
      asking({
        id_token: { email: { essential: true }, auth_time: null },
        userinfo: { name: null, email: { value: 'eve@example.com' } },
      }),
    )
    expect(idToken).toMatchObject({ email: 'ada@example.com', auth_time: expect.any(Number) })
    expect(idToken).not.toHaveProperty('name')
    const { body } = await rp.userInfo(accessToken)
    expect(body).toMatchObject({ name: 'Ada Lovelace' })
    expect(body).not.toHaveProperty('email')
  })

  test('oidc core section 5.5: what we do not understand is ignored', async () => {
    const more = asking({ id_token: { unheard_of: null }, verified_claims: {}, userinfo: null })
    expect((await tokensFor(new RequestParty(), more)).body).toHaveProperty('access_token')
  })

  test('oidc core section 5.5: what is no JSON object is invalid_request', async () => {
    const unkept = '{"userinfo":{"name":{"value":1e300}}}'
    for (const claims of ['[]', '{', '1', '{"id_token":[]}', '{"userinfo":{"name":1}}', unkept]) {
      const rp = new RequestParty()
      const { url } = await rp.begin(rp.request({ claims }))
      expect(answerOf(url)).toMatchObject({ error: 'invalid_request' })
    }
  })

  test('oidc core section 5.5: a claim outside the scopes of the client is not to be had', async () => {
    const rp = new RequestParty('steps-up')
    const { idToken } = await tokensFor(rp, asking({ id_token: { email: { essential: true } } }))
    expect(idToken).not.toHaveProperty('email')
  })

  test('oidc core section 3.1.2.4: the person is asked for what a claim stands under', async () => {
    const rp = new RequestParty('asks')
    const page = await rp.begin(rp.request(asking({ userinfo: { email: null } })))
    const consent = await rp.submitPassword(page)
    expect(consent.body).toContain('name="allow"')
    expect(consent.body).toMatch(/e-?mail/i)
    const answer = await submit(rp.browser, consent, { allow: 'yes' })
    expect(answerOf(answer.url)).toHaveProperty('code')
  })

  test('oidc core section 5.5.1: a sub with a value is the one user who will do', async () => {
    const rp = new RequestParty()
    const { idToken } = await tokensFor(rp, {})
    const own = asking({ id_token: { sub: { value: idToken['sub'] } } })
    expect(answerOf((await rp.begin(rp.request({ ...own, prompt: 'none' }))).url)).toHaveProperty(
      'code',
    )
    const other = asking({ id_token: { sub: { value: 'u'.repeat(22) } } })
    expect(answerOf((await rp.begin(rp.request({ ...other, prompt: 'none' }))).url)).toMatchObject({
      error: 'login_required',
    })
  })
})

describe('how the user authenticates', () => {
  test('oidc core section 2: acr is said in the ID token and in the access token', async () => {
    const { idToken, accessToken } = await tokensFor(new RequestParty(), {})
    expect(idToken).toMatchObject({ acr: 'urn:example:acr:password' })
    expect(claimsOf(accessToken)).toMatchObject({ acr: 'urn:example:acr:password' })
  })

  test('oidc core section 3.1.2.1: acr_values are a wish, met or not', async () => {
    const { idToken } = await tokensFor(new RequestParty(), {
      acr_values: 'phr urn:example:acr:password',
    })
    expect(idToken).toMatchObject({ acr: 'urn:example:acr:password' })
    const unmet = await tokensFor(new RequestParty('steps-up'), { acr_values: 'phr' })
    expect(unmet.idToken).toMatchObject({ acr: 'urn:example:acr:password' })
  })

  test('oidc core section 5.5.1.1: an essential acr that is met changes nothing', async () => {
    const acr = { essential: true, values: ['phr', 'urn:example:acr:password'] }
    const { idToken } = await tokensFor(new RequestParty(), asking({ id_token: { acr } }))
    expect(idToken).toMatchObject({ acr: 'urn:example:acr:password' })
  })

  test.each([
    { essential: true, value: 'phr' },
    { essential: true, values: ['phr', 'nonsense'] },
  ])(
    'oidc unmet authentication requirements section 1 and rfc9470 section 5: %j is refused',
    async (acr) => {
      const rp = new RequestParty()
      const { url } = await rp.begin(rp.request({ ...asking({ id_token: { acr } }), state: 's' }))
      expect(answerOf(url)).toMatchObject({
        error: 'unmet_authentication_requirements',
        state: 's',
      })
    },
  )

  test('rfc9470 section 4: acr_values and max_age of a step-up challenge are taken together', async () => {
    const rp = new RequestParty()
    await tokensFor(rp, {})
    const stepUp = { acr_values: 'urn:example:acr:password', max_age: '0' }
    const page = await rp.begin(rp.request(stepUp))
    expect(page.field('interaction')).toBeTruthy()
    expect(answerOf(await rp.answered(page))).toHaveProperty('code')
  })
})

test('oidc core section 5.5: groups that were asked for by name are read for the ID token', async () => {
  const rp = new ResponseParty('web')
  const { code = '' } = await rp.inQuery(asking({ id_token: { groups: null } }))
  const { body } = await rp.redeemed(code)
  expect(await rp.verified(body['id_token'])).toMatchObject({ groups: ['Engineers'] })
})

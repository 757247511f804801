import { InMemoryWebStorage, OidcClient, WebStorageStateStore } from 'oidc-client-ts'
import { beforeAll, expect, inject, test } from 'vitest'
import { Browser } from '../../tools/smoke/browser.ts'
import { signInAndAllow } from '../support/person.ts'
import { callback } from '../support/relying-party.ts'

const origin = inject('origin')
const authority = `${origin}/acme`

/** The library takes its cryptography from the window; Node has the very same, elsewhere. */
beforeAll(() => {
  Reflect.set(globalThis, 'window', globalThis)
})

/** What the library's `UserManager` rests on; the manager itself is tested in Chromium, in `test/examples`. */
const clientFor = (clientId: string, more = {}) =>
  new OidcClient({
    authority,
    client_id: clientId,
    redirect_uri: callback,
    post_logout_redirect_uri: 'https://app.example/signed-out',
    scope: 'openid profile email',
    loadUserInfo: true,
    stateStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    ...more,
  })

test.each([
  ['spa', {}],
  ['post', { client_secret: 'post-secret' }],
  ['web', { client_secret: 'web-secret', client_authentication: 'client_secret_basic' }],
])('oidc-client-ts: %s completes code, PKCE, userinfo, refresh and logout', async (id, more) => {
  const client = clientFor(id, more)
  const browser = new Browser(origin)
  const { url } = await client.createSigninRequest({ nonce: 'n-0S6_WzA2Mj', state: 'kept' })
  const { url: answer } = await signInAndAllow(browser, new URL(url))
  const response = await client.processSigninResponse(answer)
  expect(response.profile).toMatchObject({ name: 'Grace Hopper', email: 'grace@example.com' })
  expect(response.userState).toBe('kept')
  expect(response.session_state).toBeTruthy()

  const { refresh_token: token = '', id_token, scope, profile } = response
  const state = { refresh_token: token, id_token, scope, profile, session_state: null, data: null }
  const next = await client.useRefreshToken({ state: Object(state) })
  expect(next.access_token).not.toBe(response.access_token)

  const out = await client.createSignoutRequest({ id_token_hint: next.id_token ?? '', state: 'x' })
  const left = await browser.get(out.url)
  expect(left.url).toContain('https://app.example/signed-out')
  expect((await client.processSignoutResponse(left.url)).userState).toBe('x')
})

test('oidc-client-ts: prompt=none without a session is login_required', async () => {
  const client = clientFor('spa')
  const { url } = await client.createSigninRequest({ prompt: 'none' })
  const { url: answer } = await new Browser(origin).get(url)
  await expect(client.processSigninResponse(answer)).rejects.toMatchObject({
    error: 'login_required',
  })
})

import { createServer } from 'node:http'
import * as oidc from 'openid-client'
import { Strategy as ClientStrategy } from 'openid-client/passport'
import passport from 'passport'
import {
  Strategy as ConnectStrategy,
  type Profile,
  type VerifyCallback,
} from 'passport-openidconnect'
import { expect, inject, onTestFinished, test } from 'vitest'
import { freePort } from '../../tools/free-port.ts'
import { Browser } from '../../tools/smoke/browser.ts'
import { registerLike } from '../support/own-client.ts'
import { signInAndAllow } from '../support/person.ts'

const origin = inject('origin')
const issuer = `${origin}/acme`
const clientSecret = 'post-secret'

interface App {
  readonly origin: string
  readonly clientId: string
}

/** An app of one visitor, with what express and its session would give to a strategy. */
async function startApp(strategyFor: (app: App) => passport.Strategy | Promise<passport.Strategy>) {
  const port = await freePort()
  const own = `http://localhost:${port}`
  const redirectUris = [`${own}/callback`]
  const clientId = await registerLike(inject('aws'), ['acme', 'post'], { redirectUris })
  const strategy = await strategyFor({ origin: own, clientId })
  const session = {}
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', own)
    const query = Object.fromEntries(url.searchParams)
    Object.assign(request, { session, query, protocol: 'http', host: url.host })
    const authenticate = passport.authenticate(strategy, { session: false })
    authenticate(request, response, (error: unknown) => {
      const body = error ? { error: String(error) } : Reflect.get(request, 'user')
      response.end(JSON.stringify(body))
    })
  })
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  return new Browser(own)
}

async function signIn(app: Browser): Promise<unknown> {
  const { url } = await app.get('/login')
  const answer = await signInAndAllow(new Browser(origin), new URL(url))
  return JSON.parse((await app.get(answer.url)).body)
}

test('passport-openidconnect: signs in and reads the profile', async () => {
  const app = await startApp(({ origin: own, clientId }) => {
    const endpoints = {
      issuer,
      authorizationURL: `${issuer}/oauth2/authorize`,
      tokenURL: `${issuer}/oauth2/token`,
      userInfoURL: `${issuer}/oauth2/userinfo`,
    }
    const client = { clientID: clientId, clientSecret, callbackURL: `${own}/callback` }
    return new ConnectStrategy(
      { ...endpoints, ...client, scope: ['profile', 'email'], skipUserProfile: false },
      (_: string, profile: Profile, done: VerifyCallback) => done(null, profile),
    )
  })
  expect(await signIn(app)).toMatchObject({
    displayName: 'Grace Hopper',
    emails: [{ value: 'grace@example.com' }],
  })
})

test.each([false, true])('openid-client/passport: signs in, pushed request: %s', async (usePAR) => {
  const app = await startApp(async ({ origin: own, clientId }) => {
    const execute = [oidc.allowInsecureRequests]
    const config = await oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      execute,
    })
    const options = { config, scope: 'openid email', callbackURL: `${own}/callback`, usePAR }
    return new ClientStrategy(options, (tokens, verified) => verified(null, tokens.claims()))
  })
  expect(await signIn(app)).toMatchObject({ iss: issuer, sub: expect.any(String) })
})

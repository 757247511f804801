import { expect, test } from 'vitest'
import { Browser } from '../../tools/smoke/browser.ts'
import { appAt, origin, signIn, start } from './example.ts'

const app = appAt(3000)

async function signedIn(environment: Record<string, string> = {}) {
  await start('web.ts', { ORIGIN: app, ...environment }).waitFor('Open')
  const [atApp, atProvider] = [new Browser(app), new Browser(origin)]
  expect((await atApp.get(app)).body).toContain('Sign in')
  const { url } = await atApp.get(`${app}/login`)
  const answer = await signIn(url, atProvider)
  expect((await atApp.get(answer.url)).body).toContain('Hello, Ada Lovelace')
  return { atApp, atProvider }
}

test('the web app signs in and out', async () => {
  const { atApp, atProvider } = await signedIn()
  const left = await atApp.post(`${app}/logout`, {})
  expect((await atProvider.get(left.url)).url).toBe(`${app}/`)
  expect((await atApp.get(app)).body).toContain('Sign in')
})

test('the web app refreshes once for requests that come together', async () => {
  const { atApp } = await signedIn({ REFRESH_SECONDS_BEFORE_EXPIRY: '600' })
  const pages = await Promise.all([1, 2, 3].map(() => atApp.get(app)))
  for (const { body } of [...pages, await atApp.get(app)]) expect(body).toContain('Ada Lovelace')
})

test('the web app refuses an answer that it has not asked for', async () => {
  await start('web.ts', { ORIGIN: app }).waitFor('Open')
  const atApp = new Browser(app)
  expect((await atApp.get(`${app}/callback?code=stolen`)).body).toContain('Sign in')
  await atApp.get(`${app}/login`)
  const forged = await atApp.get(`${app}/callback?code=stolen&state=forged`)
  expect(forged.status).toBe(400)
})

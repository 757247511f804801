import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { catalogues } from '#shared/signin/texts/catalogue.ts'
import { freePort } from '../../tools/free-port.ts'
import { openPage } from '../support/browser-session.ts'
import { chromiumArgs, findChromium, missingChromium } from '../support/chromium.ts'
import { proofKey } from '../support/relying-party.ts'
import { type StartedProcess, startMain } from '../support/started-process.ts'

const password = 'harbour-lantern-tide'

const found = await findChromium()
if (!found && process.env['SALLYPORT_REQUIRE_BROWSER'] === '1') throw new Error(missingChromium)

let origin: string
let running: StartedProcess | undefined
let browser: Browser

/** The command that a newcomer types, with the document that is built in. */
beforeAll(async () => {
  if (!found) return
  const port = await freePort()
  origin = `http://localhost:${port}`
  running = startMain(['--port', String(port)])
  const { executablePath, args } = found
  browser = await chromium.launch({ executablePath, args: [...chromiumArgs, ...args] })
  await running.waitFor('Sallyport is ready: ')
})

afterAll(async () => {
  await browser?.close()
  running?.child.kill('SIGTERM')
  await running?.ended
})

beforeEach(({ skip }) => {
  if (!found) skip(missingChromium)
})

async function signIn(page: Page, username: string, typed = password): Promise<void> {
  await page.locator('#username').fill(username)
  await page.locator('#password').fill(typed)
  await page.locator('button.primary').click()
}

function authorizationUrl(clientId: string, more: Record<string, string>): string {
  const { challenge } = proofKey()
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid profile',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  })
  return `/demo/oauth2/authorize?${query}`
}

test('a newcomer signs in to the demo app, sees the tokens, refreshes them and signs out', async () => {
  const { page, problems } = await openPage(browser, origin)
  await page.goto('/_local/app')
  await page.locator('#sign-in').click()
  await signIn(page, 'ada@example.com')
  expect(await page.locator('h1').textContent()).toBe('Allow Demo App to use your account?')
  await page.locator('button[name=allow]').click()

  await page.locator('#id-token').waitFor()
  expect(page.url()).toBe(`${origin}/_local/app`)
  expect(await page.locator('h1').textContent()).toBe('Hello, Ada Lovelace')
  expect(await page.locator('#access-token').textContent()).toContain(`${origin}/demo`)
  expect(await page.locator('#userinfo-answer').textContent()).toContain('ada@example.com')

  const rawToken = page.locator('#refresh-token code')
  const first = await rawToken.textContent()
  await page.locator('#refresh').click()
  await page.getByText('rotated 1 time so far').waitFor()
  expect(await rawToken.textContent()).not.toBe(first)

  await page.locator('#sign-out').click()
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()
  await page.locator('#sign-in').click()
  await page.locator('#password').waitFor()
  expect(problems).toEqual([])
})

test('rfc6265 section 4.1.2.5: the browser keeps the __Secure- cookies of http://localhost, hidden from scripts', async () => {
  const { page } = await openPage(browser, origin)
  await page.goto(authorizationUrl('demo-web', { redirect_uri: 'http://localhost:3000/callback' }))
  await page.route('http://localhost:3000/**', (route) => route.fulfill({ body: 'signed in' }))
  await signIn(page, 'ada@example.com')
  await page.getByText('signed in').waitFor()
  const cookies = await page.context().cookies()
  expect(cookies.map(({ name }) => name).sort()).toEqual([
    '__Secure-sallyport-browser',
    '__Secure-sallyport-session',
    '__Secure-sallyport-state',
  ])
  for (const cookie of cookies.filter(({ name }) => name !== '__Secure-sallyport-state')) {
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax', path: '/demo' })
  }
})

test('a wrong password is told where the cursor is, and the user name stays', async () => {
  const { page } = await openPage(browser, origin)
  await page.goto('/_local/app')
  await page.locator('#sign-in').click()
  await signIn(page, 'ada@example.com', 'wrong')
  expect(await page.getByRole('alert').textContent()).toBe(catalogues.en['sign-in.wrong-password'])
  expect(await page.locator('#username').inputValue()).toBe('ada@example.com')
  expect(await page.locator(':focus').getAttribute('id')).toBe('password')
  await page.locator('#password').fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /Demo App|Ada/ }).waitFor()
})

test('oidc core section 3.1.2.1: a German browser sees the pages in German', async () => {
  const { page, problems } = await openPage(browser, origin, { locale: 'de-DE' })
  await page.goto('/_local/app')
  await page.locator('#sign-in').click()
  await page.getByRole('heading', { name: catalogues.de['sign-in.heading'] }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  await signIn(page, 'zoë@example.com')
  const allow = page.getByRole('button', { name: catalogues.de['consent.allow'] })
  await allow.click()
  await page.getByRole('heading', { name: 'Hello, Zoë Müller' }).waitFor()
  expect(problems).toEqual([])
})

test('sign-in, consent and sign-out work without JavaScript', async () => {
  const { page, problems } = await openPage(browser, origin, { javaScriptEnabled: false })
  const redirect_uri = `${origin}/_local/app/callback`
  await page.goto(authorizationUrl('demo-app', { redirect_uri, state: 'kept' }))
  await signIn(page, 'grace@example.com')
  await page.locator('button[name=allow]').click()
  await page.waitForURL(`${redirect_uri}?**`)
  const { searchParams } = new URL(page.url())
  expect(searchParams.get('code')).toBeTruthy()
  expect(searchParams.get('state')).toBe('kept')

  await page.goto('/demo/oauth2/logout')
  await page.locator('button[name=confirm]').click()
  await page.getByRole('heading', { name: catalogues.en['signed-out.heading'] }).waitFor()
  await page.goto(authorizationUrl('demo-app', { redirect_uri }))
  await page.locator('#password').waitFor()
  expect(problems).toEqual([])
})

test.each([
  ['posts itself, for the policy admits its one script', true],
  ['waits for the button without JavaScript', false],
])('form_post section 2: the page %s', async (_, javaScriptEnabled) => {
  const { page } = await openPage(browser, origin, { javaScriptEnabled })
  const redirect_uri = 'http://localhost:3000/callback'
  await page.route(redirect_uri, (route) => route.fulfill({ body: 'taken' }))
  const posted = page.waitForRequest(redirect_uri)
  await page.goto(authorizationUrl('demo-web', { redirect_uri, response_mode: 'form_post' }))
  await signIn(page, 'grace@example.com')
  if (!javaScriptEnabled) await page.locator('button.primary').click()
  const form = new URLSearchParams((await posted).postData() ?? '')
  expect([...form.keys()].sort()).toEqual(['code', 'iss', 'session_state'])
})

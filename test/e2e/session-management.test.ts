import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { findChromium, missingChromium } from '../support/chromium.ts'
import { type ListeningApp, startListeningApp } from '../support/listening-app.ts'
import { registerLike } from '../support/own-client.ts'
import { basic, password, RelyingParty } from '../support/relying-party.ts'

const found = await findChromium()
if (!found && process.env['SALLYPORT_REQUIRE_BROWSER'] === '1') throw new Error(missingChromium)

const origin = inject('origin')
const aws = inject('aws')
const issuer = `${origin}/acme`

let app: ListeningApp
let stranger: ListeningApp
let browser: Browser
let client: string
let callback: string

/** A page of the client's with our page in a frame; it writes down each answer. */
const watching = `<!doctype html><title>App</title>
<iframe id="op" src="${issuer}/oauth2/check_session"></iframe>
<script>
window.answers = []
addEventListener('message', (event) => window.answers.push([event.origin, event.data]))
window.ask = (text) => document.getElementById('op').contentWindow.postMessage(text, '${origin}')
</script>`

/** A page of somebody else's that frames the client's page and speaks to the frame in it. */
const meddling = () => `<!doctype html><title>Stranger</title>
<iframe id="app" src="${app.origin}/watch"></iframe>
<script>
window.answers = []
addEventListener('message', (event) => window.answers.push([event.origin, event.data]))
window.ask = (text) => document.getElementById('app').contentWindow.frames[0].postMessage(text, '*')
</script>`

beforeAll(async () => {
  if (!found) return
  app = await startListeningApp((path) => (path === '/watch' ? watching : 'here'))
  stranger = await startListeningApp(() => meddling())
  callback = `${app.origin}/callback`
  client = await registerLike(aws, ['acme', 'web'], {
    redirectUris: [callback],
    postLogoutRedirectUris: [`${app.origin}/bye`],
    logout: { frontchannelUri: `${app.origin}/out`, frontchannelSessionRequired: true },
  })
  const { executablePath, args } = found
  browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', ...args] })
})

afterAll(async () => {
  await browser?.close()
  await app?.close()
  await stranger?.close()
})

beforeEach(({ skip }) => {
  if (!found) skip(missingChromium)
})

const authorizationUrl = (more: Record<string, string> = {}) =>
  new RelyingParty(origin, 'acme').authorizationUrl({
    client_id: client,
    redirect_uri: callback,
    ...more,
  })

/** Signs in and answers what the client got. */
async function signIn(page: Page, username = 'ada@example.com'): Promise<URLSearchParams> {
  await page.goto(authorizationUrl({ prompt: 'login' }))
  await page.locator('#username').fill(username)
  await page.locator('#password').fill(password)
  await page.locator('button.primary').click()
  await page.waitForURL(`${callback}?**`)
  return new URL(page.url()).searchParams
}

/** What our page in the frame answers. */
async function ask(page: Page, text: unknown): Promise<unknown> {
  return page.evaluate(async (message) => {
    const answers: unknown[] = Reflect.get(globalThis, 'answers')
    const before = answers.length
    Reflect.get(globalThis, 'ask')(message)
    for (let looks = 0; answers.length === before && looks < 60; looks += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return answers.at(before)
  }, text)
}

async function watch(page: Page, url = `${app.origin}/watch`): Promise<void> {
  await page.goto(url)
  await page.waitForLoadState('load')
}

test('session management section 3.2: unchanged while the browser is signed in as it was', async () => {
  const page = await (await browser.newContext()).newPage()
  const state = (await signIn(page)).get('session_state')
  await watch(page)
  expect(await ask(page, `${client} ${state}`)).toEqual([origin, 'unchanged'])
  expect(await ask(page, `${client} ${state}`)).toEqual([origin, 'unchanged'])
})

test('session management section 3.2: changed after logout, and after another user has signed in', async () => {
  const page = await (await browser.newContext()).newPage()
  const state = (await signIn(page)).get('session_state')
  const other = (await signIn(page, 'grace@example.com')).get('session_state')
  await watch(page)
  expect(await ask(page, `${client} ${state}`)).toEqual([origin, 'changed'])
  expect(await ask(page, `${client} ${other}`)).toEqual([origin, 'unchanged'])
  await page.goto(`${issuer}/oauth2/logout`)
  await page.locator('button[name=confirm]').click()
  await page.locator('h1').waitFor()
  await watch(page)
  expect(await ask(page, `${client} ${other}`)).toEqual([origin, 'changed'])
})

test.each([
  ['another client', (state: string) => `other ${state}`],
  ['another salt', (state: string) => `web ${state}x`],
])('session management section 3.2: changed for %s', async (_, message) => {
  const page = await (await browser.newContext()).newPage()
  const state = (await signIn(page)).get('session_state') ?? ''
  await watch(page)
  expect(await ask(page, message(state))).toEqual([origin, 'changed'])
})

test.each(['', 'x', 'web', 'web state', 'web .salt', 7, { a: 1 }])(
  'session management section 3.2: error for a message that is malformed: %j',
  async (message) => {
    const page = await (await browser.newContext()).newPage()
    await watch(page)
    expect(await ask(page, message)).toEqual([origin, 'error'])
  },
)

/** @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.17.2 */
test('session management section 3.2: another origin than that of the page around the frame is refused', async () => {
  const page = await (await browser.newContext()).newPage()
  const state = (await signIn(page)).get('session_state')
  await watch(page, `${stranger.origin}/`)
  expect(await ask(page, `${client} ${state}`)).toEqual([origin, 'error'])
})

test('front-channel logout section 3: the browser tells the app, and then goes back to it', async () => {
  const page = await (await browser.newContext()).newPage()
  const code = (await signIn(page)).get('code') ?? ''
  const form = { grant_type: 'authorization_code', code, redirect_uri: callback }
  const { body } = await new RelyingParty(origin, 'acme').token(form, basic(client, 'web-secret'))
  const query = new URLSearchParams({
    id_token_hint: String(body['id_token']),
    post_logout_redirect_uri: `${app.origin}/bye`,
    state: 's',
  })
  await page.goto(`${issuer}/oauth2/logout?${query}`)
  await page.waitForURL(`${app.origin}/bye?state=s`)
  const [told] = app.heard.filter(({ path }) => path === '/out')
  expect(told?.query.get('iss')).toBe(issuer)
  expect(told?.query.get('sid')).toBeTruthy()
})

import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findChromium, missingChromium } from '../support/chromium.ts'
import { type StartedProcess, startCommand } from '../support/started-process.ts'
import { appAt, issuer } from './example.ts'

const found = await findChromium()
if (!found && process.env['SALLYPORT_REQUIRE_BROWSER'] === '1') throw new Error(missingChromium)

const app = appAt(3002)
let server: StartedProcess
let browser: Browser

async function untilReachable(url: string): Promise<void> {
  for (let looks = 0; looks < 100; looks += 1) {
    const isReachable = await fetch(url).then(Boolean, () => false)
    if (isReachable) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`nobody listens at ${url}`)
}

/** The command of the page, for this issuer and port. */
beforeAll(async () => {
  if (!found) return
  server = startCommand('node_modules/.bin/esbuild', [
    'examples/single-page.ts',
    '--bundle',
    '--format=esm',
    '--outdir=examples/single-page',
    '--servedir=examples/single-page',
    `--serve=localhost:${new URL(app).port}`,
    `--define:ISSUER="${issuer}"`,
  ])
  await untilReachable(app)
  const { executablePath, args } = found
  browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', ...args] })
})

afterAll(async () => {
  await browser?.close()
  server?.child.kill()
})

beforeEach(({ skip }) => {
  if (!found) skip(missingChromium)
})

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

const greeting = (page: Page) => page.getByText('Hello, Ada Lovelace')

async function signedIn(): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(app)
  await press(page, 'Sign in')
  await page.locator('#username').fill('ada@example.com')
  await page.locator('#password').fill('harbour-lantern-tide')
  await press(page, 'Sign in')
  const allow = page.locator('button[name=allow]')
  await allow.or(greeting(page)).waitFor()
  if (await allow.isVisible()) await allow.click()
  await greeting(page).waitFor()
  return page
}

test('the single page signs in, renews with its refresh token, and signs out', async () => {
  const page = await signedIn()
  expect(new URL(page.url()).search).toBe('')
  const renewed = page.waitForResponse((response) => response.url().endsWith('/oauth2/token'))
  await press(page, 'Renew')
  const answer = await renewed
  expect(answer.request().postData()).toContain('grant_type=refresh_token')
  expect(answer.status()).toBe(200)
  await greeting(page).waitFor()
  await press(page, 'Sign out')
  await page.waitForURL(`${app}/`)
  await page.getByText('Nobody is signed in').waitFor()
})

test('the single page notices that the person has signed out at the provider', async () => {
  const page = await signedIn()
  const elsewhere = await page.context().newPage()
  await elsewhere.goto(`${issuer}/oauth2/logout`)
  await elsewhere.locator('button[name=confirm]').click()
  await elsewhere.locator('h1').waitFor()
  await page.getByText('Nobody is signed in').waitFor()
})

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { catalogues } from '#shared/signin/texts/catalogue.ts'
import { Till } from '../support/backchannel.ts'
import { openPage } from '../support/browser-session.ts'
import { chromiumArgs, findChromium, missingChromium } from '../support/chromium.ts'
import { Device } from '../support/device.ts'
import { password } from '../support/relying-party.ts'

const origin = inject('origin')
const found = await findChromium()
const tv = new Device(origin, { id: 'tv' })

let browser: Browser
beforeAll(async () => {
  if (!found) return
  const { executablePath, args } = found
  browser = await chromium.launch({ executablePath, args: [...chromiumArgs, ...args] })
})
afterAll(() => browser?.close())
beforeEach(({ skip }) => {
  if (!found) skip(missingChromium)
})

const phone: BrowserContextOptions = {
  viewport: { width: 320, height: 640 },
  javaScriptEnabled: false,
}

async function signIn(page: Page): Promise<void> {
  await page.locator('#username').fill('grace@example.com')
  await page.locator('#password').fill(password)
  await page.locator('button.primary').click()
}

/** Nothing has to be scrolled sideways. */
async function expectFits(page: Page): Promise<void> {
  const width = await page.locator('html').evaluate((element) => element.scrollWidth)
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0)
}

test('rfc8628 section 3.3.1: a phone that reads the code from the screen connects the device, without JavaScript', async () => {
  const { page, problems } = await openPage(browser, origin, phone)
  const started = await tv.start({ scope: 'openid profile offline_access' })
  await page.goto(String(started.body['verification_uri_complete']))
  await signIn(page)
  expect(await page.locator('#user_code').inputValue()).toBe(started.userCode)
  await expectFits(page)
  await page.locator('button.primary').click()
  expect(await page.locator('h1').textContent()).toBe(
    'Allow Living Room TV on a device to use your account?',
  )
  expect(await page.locator('p.code').textContent()).toBe(started.userCode)
  await expectFits(page)
  await page.locator('button[name=allow]').click()
  await page.getByRole('heading', { name: catalogues.en['device.allowed-heading'] }).waitFor()
  expect((await started.poll()).status).toBe(200)
  expect(problems).toEqual([])
})

test('rfc8628 section 3.3: who types a wrong code is told so, in German, and stands in the field again', async () => {
  const { page } = await openPage(browser, origin, { locale: 'de-DE' })
  await page.goto(`${tv.issuer}/oauth2/device`)
  await signIn(page)
  await page.locator('#user_code').fill('wdjb')
  await page.keyboard.press('Enter')
  expect(await page.getByRole('alert').textContent()).toBe(catalogues.de['device.unknown-code'])
  expect(await page.locator(':focus').getAttribute('id')).toBe('user_code')
})

test('ciba core section 8: a phone shows what waits and takes the answer, without JavaScript', async () => {
  const { page, problems } = await openPage(browser, origin, phone)
  const till = new Till(origin)
  const binding_message = `Till ${Date.now()}`
  const id = await till.authReqId({ login_hint: 'grace@example.com', binding_message })
  await page.goto(`${till.issuer}/signin/requests`)
  await signIn(page)
  await expectFits(page)
  const section = page.locator('section', { hasText: binding_message })
  await section.locator('button[name=allow]').click()
  await section.waitFor({ state: 'detached' })
  expect((await till.redeem(id)).status).toBe(200)
  expect(problems).toEqual([])
})

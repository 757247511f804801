import { Browser, type Visit } from '../../tools/smoke/browser.ts'
import { openRequests, Till } from '../support/backchannel.ts'
import { Device } from '../support/device.ts'
import { basic, password } from '../support/relying-party.ts'
import type { Prepared, Route, Row } from './rows.ts'

const grace = { username: 'grace@example.com' }

const interactionOf = (page: Visit) => ({ interaction: page.field('interaction') ?? '' })

/** On the way back from the sign-in page to the device page. */
async function deviceVisit(origin: string): Promise<Prepared> {
  const browser = new Browser(origin)
  const parameters = interactionOf(await browser.get('/acme/oauth2/device'))
  const form = { ...parameters, ...grace, password }
  await browser.post('/acme/signin', form)
  return { browser, parameters, headers: {} }
}

/** Signed in, and asked about a device. */
async function deviceAnswer(origin: string): Promise<Prepared> {
  const { browser } = await deviceVisit(origin)
  const device = await new Device(origin).start()
  const page = await browser.post('/acme/oauth2/device', { user_code: device.userCode })
  const parameters = { ...interactionOf(page), allow: 'yes' }
  return { browser, parameters, headers: { origin } }
}

/** The rows of the grants whose clients poll, and of the pages on which people answer them. */
export const pollingRows = {
  'POST /{tenant}/oauth2/device_authorization': {
    refusal: 'json',
    key: 'scope',
    accepted: { status: 200 },
    prepare: async (origin) => ({
      browser: new Browser(origin),
      parameters: { scope: 'openid' },
      headers: { authorization: basic('set-top', 'set-top-secret') },
    }),
  },
  'GET /{tenant}/oauth2/device': {
    refusal: 'page',
    key: 'interaction',
    accepted: { status: 200 },
    prepare: deviceVisit,
  },
  'POST /{tenant}/oauth2/device': {
    refusal: 'page',
    key: 'interaction',
    accepted: { status: 200 },
    prepare: deviceAnswer,
  },
  'POST /{tenant}/oauth2/bc-authorize': {
    refusal: 'json',
    key: 'login_hint',
    accepted: { status: 200 },
    prepare: async (origin) => ({
      browser: new Browser(origin),
      parameters: { scope: 'openid', login_hint: grace.username },
      headers: { authorization: basic('till', 'till-secret') },
    }),
  },
  'GET /{tenant}/signin/requests': {
    refusal: 'page',
    accepted: { status: 200 },
    prepare: async (origin) => {
      const { browser } = await openRequests(origin, grace.username)
      return { browser, parameters: {}, headers: {} }
    },
  },
  'POST /{tenant}/signin/requests': {
    refusal: 'page',
    key: 'request',
    accepted: { status: 303, location: /\/acme\/signin\/requests$/ },
    prepare: async (origin) => {
      await new Till(origin).ask({ login_hint: grace.username })
      const { browser, look } = await openRequests(origin, grace.username)
      const request = (await look()).field('request') ?? ''
      return { browser, parameters: { request, allow: 'yes' }, headers: { origin } }
    },
  },
} as const satisfies Partial<Record<Route, Row>>

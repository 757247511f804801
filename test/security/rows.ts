import { type EndpointName, endpoints } from '#infra/endpoints.ts'
import { Browser, type Visit } from '../../tools/smoke/browser.ts'
import { basic, callback, password, proofKey, RelyingParty } from '../support/relying-party.ts'
import { pollingRows } from './polling-rows.ts'
import { registrationRows } from './registration-rows.ts'

export type Route = (typeof endpoints)[EndpointName]['routes'][number]

export const routes: readonly Route[] = Object.values(endpoints).flatMap(({ routes }) => routes)

/** Everything that makes the request of one route succeed, once. */
export interface Prepared {
  readonly browser: Browser
  readonly parameters: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  /** The body, where the route takes JSON. */
  readonly json?: object
  /** The `{client}` of the path. */
  readonly client?: string
}

/** One route: how it refuses, and how it is asked well. */
export interface Row {
  /** An OAuth error in JSON, or a page for the person. */
  readonly refusal: 'json' | 'page'
  /** The parameter that everything hangs on; absent where no parameter is read. */
  readonly key?: string
  /** What the well-formed request is answered with. */
  readonly accepted: { readonly status: number; readonly location?: RegExp }
  prepare(origin: string): Promise<Prepared>
}

const spa = () => ({
  client_id: 'spa',
  prompt: 'consent',
  code_challenge: proofKey().challenge,
  code_challenge_method: 'S256',
})

const grace = { username: 'grace@example.com' }

async function signedIn(origin: string): Promise<RelyingParty> {
  const party = new RelyingParty(origin)
  await party.signIn({}, grace)
  return party
}

const authorizationOf = (party: RelyingParty): Record<string, string> =>
  Object.fromEntries(new URL(party.authorizationUrl({ state: 's' })).searchParams)

const interactionOf = (page: Visit) => ({ interaction: page.field('interaction') ?? '' })

/** Somebody with nothing in hand: no cookie, no parameter. */
export const strangerAt = (origin: string): Prepared => ({
  browser: new Browser(origin),
  parameters: {},
  headers: {},
})

async function authorization(origin: string): Promise<Prepared> {
  const party = await signedIn(origin)
  return { browser: party.browser, parameters: authorizationOf(party), headers: {} }
}

/** Signed in, and on the way back from the pages. */
async function resumption(origin: string): Promise<Prepared> {
  const { browser, headers, parameters } = await signIn(origin)
  const body = new URLSearchParams({ ...parameters, ...grace, password })
  const answer = await browser.request('/acme/signin', { method: 'POST', headers, body })
  const { searchParams } = new URL(answer.headers.get('location') ?? '', origin)
  return { browser, parameters: Object.fromEntries(searchParams), headers: {} }
}

async function redemption(origin: string): Promise<Prepared> {
  const party = new RelyingParty(origin)
  const code = await party.code({}, grace)
  return {
    browser: party.browser,
    parameters: { grant_type: 'authorization_code', code, redirect_uri: callback },
    headers: { authorization: basic('web', party.secret) },
  }
}

/** A client that speaks of a token of its own. */
async function inquiry(origin: string): Promise<Prepared> {
  const { browser, accessToken } = await tokens(origin)
  return {
    browser,
    parameters: { token: accessToken, client_id: 'web' },
    headers: { authorization: basic('web', 'web-secret') },
  }
}

async function signIn(origin: string): Promise<Prepared> {
  const party = new RelyingParty(origin)
  const parameters = interactionOf(await party.authorize())
  return { browser: party.browser, parameters, headers: { origin } }
}

async function consent(origin: string): Promise<Prepared> {
  const party = await signedIn(origin)
  const parameters = interactionOf(await party.authorize(spa()))
  return { browser: party.browser, parameters, headers: { origin } }
}

async function tokens(origin: string) {
  const party = await signedIn(origin)
  return { browser: party.browser, ...(await party.tokens()) }
}

const document = {
  refusal: 'json',
  accepted: { status: 200 },
  prepare: async (origin) => strangerAt(origin),
} as const satisfies Row

const preflight = {
  refusal: 'json',
  accepted: { status: 204 },
  prepare: async (origin) => strangerAt(origin),
} as const satisfies Row

/** The one row of each route; a route without one does not compile. */
export const rows: Readonly<Record<Route, Row>> = {
  'GET /{tenant}/.well-known/openid-configuration': document,
  'GET /.well-known/oauth-authorization-server/{tenant}': document,
  'GET /.well-known/oauth-protected-resource/{tenant}/oauth2/userinfo': document,
  'GET /{tenant}/oauth2/jwks': document,
  ...registrationRows,
  'OPTIONS /{tenant}/oauth2/register': preflight,
  'GET /{tenant}/oauth2/authorize': {
    refusal: 'page',
    key: 'client_id',
    accepted: { status: 303, location: /^https:\/\/app\.example\/callback\?code=/ },
    prepare: authorization,
  },
  'POST /{tenant}/oauth2/authorize': {
    refusal: 'page',
    key: 'client_id',
    accepted: { status: 303, location: /^https:\/\/app\.example\/callback\?code=/ },
    prepare: authorization,
  },
  'GET /{tenant}/oauth2/authorize/resume': {
    refusal: 'page',
    key: 'interaction',
    accepted: { status: 303, location: /^https:\/\/app\.example\/callback\?code=/ },
    prepare: resumption,
  },
  'POST /{tenant}/oauth2/token': {
    refusal: 'json',
    key: 'code',
    accepted: { status: 200 },
    prepare: redemption,
  },
  'POST /{tenant}/oauth2/introspect': {
    refusal: 'json',
    key: 'client_id',
    accepted: { status: 200 },
    prepare: inquiry,
  },
  'POST /{tenant}/oauth2/revoke': {
    refusal: 'json',
    key: 'client_id',
    accepted: { status: 200 },
    prepare: inquiry,
  },
  'POST /{tenant}/oauth2/par': {
    refusal: 'json',
    key: 'response_type',
    accepted: { status: 201 },
    prepare: async (origin) => {
      const { parameters } = await authorization(origin)
      const headers = { authorization: basic('web', 'web-secret') }
      return { browser: new Browser(origin), parameters, headers }
    },
  },
  ...pollingRows,
  'OPTIONS /{tenant}/oauth2/token': preflight,
  'OPTIONS /{tenant}/oauth2/userinfo': preflight,
  'OPTIONS /{tenant}/oauth2/revoke': preflight,
  'OPTIONS /{tenant}/oauth2/par': preflight,
  'GET /{tenant}/oauth2/userinfo': {
    refusal: 'json',
    accepted: { status: 200 },
    prepare: async (origin) => {
      const { browser, accessToken } = await tokens(origin)
      return { browser, parameters: {}, headers: { authorization: `Bearer ${accessToken}` } }
    },
  },
  'POST /{tenant}/oauth2/userinfo': {
    refusal: 'json',
    key: 'access_token',
    accepted: { status: 200 },
    prepare: async (origin) => {
      const { browser, accessToken } = await tokens(origin)
      return { browser, parameters: { access_token: accessToken }, headers: {} }
    },
  },
  'GET /{tenant}/oauth2/logout': {
    refusal: 'page',
    key: 'id_token_hint',
    accepted: { status: 200 },
    prepare: async (origin) => {
      const { browser, idToken } = await tokens(origin)
      return { browser, parameters: { id_token_hint: idToken }, headers: {} }
    },
  },
  'POST /{tenant}/oauth2/logout': {
    refusal: 'page',
    key: 'id_token_hint',
    accepted: { status: 200 },
    prepare: async (origin) => {
      const { browser, idToken } = await tokens(origin)
      const parameters = { id_token_hint: idToken, confirm: 'yes' }
      return { browser, parameters, headers: { origin } }
    },
  },
  'GET /{tenant}/oauth2/check_session': {
    refusal: 'page',
    accepted: { status: 200 },
    prepare: async (origin) => strangerAt(origin),
  },
  'GET /{tenant}/oauth2/initiate_login': {
    refusal: 'page',
    key: 'client_id',
    accepted: { status: 303, location: /^https:\/\/app\.example\/start\?iss=/ },
    prepare: async (origin) => ({ ...strangerAt(origin), parameters: { client_id: 'web' } }),
  },
  'GET /{tenant}/signin': {
    refusal: 'page',
    key: 'interaction',
    accepted: { status: 200 },
    prepare: signIn,
  },
  'POST /{tenant}/signin': {
    refusal: 'page',
    key: 'interaction',
    accepted: { status: 303, location: /\/resume\?interaction=/ },
    prepare: async (origin) => {
      const prepared = await signIn(origin)
      return { ...prepared, parameters: { ...prepared.parameters, ...grace, password } }
    },
  },
  'GET /{tenant}/signin/consent': {
    refusal: 'page',
    key: 'interaction',
    accepted: { status: 200 },
    prepare: consent,
  },
  'POST /{tenant}/signin/consent': {
    refusal: 'page',
    key: 'interaction',
    accepted: { status: 303, location: /\/resume\?interaction=/ },
    prepare: async (origin) => {
      const prepared = await consent(origin)
      return { ...prepared, parameters: { ...prepared.parameters, allow: 'yes' } }
    },
  },
}

/** What may differ from the well-formed request. */
export interface Change {
  /** The query or, with POST, the body, as it goes over the wire. */
  readonly encoded?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
  readonly tenant?: string
}

/** A POST that asks for itself once more, with GET. */
const isAskedAgain = (location: string | null): location is string =>
  location !== null && /\/oauth2\/(authorize|logout)\?/.test(location)

/** What a route is sent when everything is well, as it goes over the wire. */
export const encode = ({ parameters, json }: Prepared): string =>
  json === undefined ? new URLSearchParams(parameters).toString() : JSON.stringify(json)

/** Sends the request of a route with the cookies of its browser, and follows until there is an answer. */
export async function send(route: Route, prepared: Prepared, change: Change = {}): Promise<Visit> {
  const { browser } = prepared
  const [method = '', template = ''] = route.split(' ')
  const path = template
    .replace('{tenant}', change.tenant ?? 'acme')
    .replace('{client}', prepared.client ?? 'nobody')
  const encoded = change.encoded ?? encode(prepared)
  const headers = { ...prepared.headers, ...change.headers }
  if (method !== 'POST' && method !== 'PUT') {
    return browser.request(`${path}?${encoded}`, { method, headers })
  }
  const type = prepared.json ? 'application/json' : 'application/x-www-form-urlencoded'
  const typed = { 'content-type': type, ...headers }
  const visit = await browser.request(path, { method, headers: typed, body: encoded })
  const location = visit.headers.get('location')
  return isAskedAgain(location) ? browser.request(location, { method: 'GET' }) : visit
}

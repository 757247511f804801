import { createHash, randomBytes } from 'node:crypto'
import { Browser, type Visit } from './browser.ts'
import type { SmokeOptions, Visitor } from './options.ts'
import { submit } from './page-form.ts'

/** An answer of JSON, or of nothing. */
export interface JsonAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

export async function fetchJson(url: string, init: RequestInit = {}): Promise<JsonAnswer> {
  const { status, headers, text } = await fetchText(url, init)
  const isJson = headers.get('content-type')?.startsWith('application/json') && text !== ''
  return { status, headers, body: isJson ? JSON.parse(text) : {} }
}

export async function fetchText(url: string, init: RequestInit = {}) {
  const response = await fetch(url, { redirect: 'manual', ...init })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** Steps of one sign-in; each is taken once, when it is first asked for, after those it needs. */
export interface Journey {
  readonly browser: Browser
  readonly state: string
  readonly nonce: string
  /** The sign-in page that the authorization endpoint leads to. */
  readonly signInPage: () => Promise<Visit>
  /** Where the client is sent back to. */
  readonly callback: () => Promise<URL>
  readonly tokens: () => Promise<JsonAnswer>
  readonly refreshed: () => Promise<JsonAnswer>
  /** Asks for a code without showing a page. */
  readonly askSilently: () => Promise<URL>
}

export function createJourney(options: SmokeOptions): Journey {
  const browser = new Browser(new URL(options.issuer).origin)
  const verifier = draw()
  const [state, nonce] = [draw(), draw()]
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const ask = (more: Record<string, string> = {}) => {
    const { clientId, redirectUri } = visitorOf(options)
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid offline_access',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      state,
      nonce,
      ...more,
    })
    return browser.get(`${options.issuer}/oauth2/authorize?${query}`)
  }
  const signInPage = once(() => ask())
  const callback = once(async () => signIn(browser, await signInPage(), visitorOf(options)))
  const tokens = once(async () => {
    const code = (await callback()).searchParams.get('code') ?? ''
    const { redirectUri } = visitorOf(options)
    const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
    return requestTokens(options, { ...grant, code_verifier: verifier })
  })
  const refreshed = once(async () => {
    const { body } = await tokens()
    const refreshToken = String(body['refresh_token'])
    return requestTokens(options, { grant_type: 'refresh_token', refresh_token: refreshToken })
  })
  const askSilently = async () => new URL((await ask({ prompt: 'none' })).url)
  return { browser, state, nonce, signInPage, callback, tokens, refreshed, askSilently }
}

const draw = (): string => randomBytes(32).toString('base64url')

function once<Value>(take: () => Promise<Value>): () => Promise<Value> {
  let taken: Promise<Value> | undefined
  return () => {
    taken ??= take()
    return taken
  }
}

function visitorOf({ visitor }: SmokeOptions): Visitor {
  if (visitor === undefined) throw new Error('nobody was given who could sign in')
  return visitor
}

async function signIn(browser: Browser, first: Visit, visitor: Visitor): Promise<URL> {
  const { userName: username, password } = visitor
  let page = await submit(browser, first, { username, password })
  if (page.body.includes('name="allow"')) page = await submit(browser, page, { allow: 'yes' })
  const [location] = page.url.split('?')
  if (location === visitor.redirectUri) return new URL(page.url)
  throw new Error(`the client was not sent back: ${page.status} at ${location}`)
}

function requestTokens(options: SmokeOptions, grant: Record<string, string>): Promise<JsonAnswer> {
  const { clientId, clientSecret } = visitorOf(options)
  return fetchJson(`${options.issuer}/oauth2/token`, {
    method: 'POST',
    headers: clientSecret === undefined ? {} : { authorization: basic(clientId, clientSecret) },
    body: new URLSearchParams(
      clientSecret === undefined ? { ...grant, client_id: clientId } : grant,
    ),
  })
}

/** HTTP Basic with both halves form-encoded, as RFC 6749 section 2.3.1 says. */
export function basic(id: string, secret: string): string {
  const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

import { createHash, randomBytes } from 'node:crypto'
import { expect, inject } from 'vitest'
import { Browser, type Visit } from '../../tools/smoke/browser.ts'

export const password = 'correct horse battery staple'
/** The tenant that a project's tests are about; its twins differ in where their keys are kept. */
export const tenantUnderTest = inject('tenant') ?? 'acme'

export const callback = 'https://app.example/callback'

/** An answer of the token endpoint. */
export interface TokenAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

export interface ProofKey {
  readonly verifier: string
  readonly challenge: string
}

export function proofKey(): ProofKey {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** HTTP Basic with both halves form-encoded, as RFC 6749 section 2.3.1 says. */
export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`

/** A hand-written client of one tenant, for what well-behaved client libraries would never send. */
export class RelyingParty {
  readonly issuer: string
  readonly browser: Browser

  constructor(origin: string, tenant = tenantUnderTest) {
    this.issuer = `${origin}/${tenant}`
    this.browser = new Browser(origin)
  }

  authorizationUrl(parameters: Record<string, string> = {}): string {
    const defaults = {
      client_id: 'web',
      redirect_uri: callback,
      response_type: 'code',
      scope: 'openid',
    }
    return `${this.issuer}/oauth2/authorize?${new URLSearchParams({ ...defaults, ...parameters })}`
  }

  authorize(parameters: Record<string, string> = {}): Promise<Visit> {
    return this.browser.get(this.authorizationUrl(parameters))
  }

  /** Fills in the sign-in form that `page` shows. */
  submitPassword(
    page: Visit,
    typed: { username?: string; password?: string } = {},
  ): Promise<Visit> {
    return this.browser.post(`${this.issuer}/signin`, {
      username: 'ada@example.com',
      password,
      interaction: page.field('interaction') ?? '',
      ...typed,
    })
  }

  /** Signs in, unless the browser still is, and answers where the client was sent back to. */
  async signIn(parameters: Record<string, string> = {}, typed = {}): Promise<URL> {
    const page = await this.authorize(parameters)
    const isSignedIn = page.field('interaction') === undefined
    return new URL(isSignedIn ? page.url : (await this.submitPassword(page, typed)).url)
  }

  /** Signs in and answers the code. */
  async code(parameters: Record<string, string> = {}, typed = {}): Promise<string> {
    const code = (await this.signIn(parameters, typed)).searchParams.get('code')
    expect(code).toBeTruthy()
    return code ?? ''
  }

  /** Posts a form to an endpoint of the issuer. */
  async post(
    path: string,
    form: Record<string, string> | [string, string][],
    headers: Record<string, string> = {},
  ): Promise<TokenAnswer> {
    const body = new URLSearchParams(form)
    return answerOf(await fetch(`${this.issuer}/${path}`, { method: 'POST', headers, body }))
  }

  token(form: Record<string, string>, authorization?: string): Promise<TokenAnswer> {
    return this.post('oauth2/token', form, authorization === undefined ? {} : { authorization })
  }

  redeem(code: string, more: Record<string, string> = {}): Promise<TokenAnswer> {
    const form = { grant_type: 'authorization_code', code, redirect_uri: callback, ...more }
    return this.token(form, basic('web', this.secret))
  }

  refresh(refreshToken: string, more: Record<string, string> = {}): Promise<TokenAnswer> {
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, ...more }
    return this.token(form, basic('web', this.secret))
  }

  /** Signs in and redeems: the tokens of the client `web`. */
  async tokens(parameters: Record<string, string> = {}): Promise<Tokens> {
    const { body } = await this.redeem(await this.code(parameters))
    return {
      accessToken: String(body['access_token']),
      refreshToken: String(body['refresh_token']),
      idToken: String(body['id_token']),
    }
  }

  async userInfo(accessToken: string): Promise<TokenAnswer> {
    const headers = { authorization: `Bearer ${accessToken}` }
    return answerOf(await fetch(`${this.issuer}/oauth2/userinfo`, { headers }))
  }

  /** Signs out at once, with an ID token as proof that the session is known. */
  signOut(idToken: string, more: Record<string, string> = {}): Promise<Visit> {
    const query = new URLSearchParams({ id_token_hint: idToken, ...more })
    return this.browser.get(`${this.issuer}/oauth2/logout?${query}`)
  }

  get secret(): string {
    return this.issuer.endsWith('/globex') ? 'globex-secret' : 'web-secret'
  }
}

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  readonly idToken: string
}

/** The claims of a JWT, unverified. */
export const claimsOf = (jwt: unknown): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(String(jwt).split('.')[1] ?? '', 'base64url').toString())

/** What is no JSON object is answered as text. */
export async function answerOf(response: Response): Promise<TokenAnswer> {
  const { status, headers } = response
  const text = await response.text()
  if (text === '') return { status, headers, body: {} }
  return { status, headers, body: text.startsWith('{') ? JSON.parse(text) : { text } }
}

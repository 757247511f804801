import { basic, callback, password } from '../../support/relying-party.ts'
import { type Answer, type Sent, type Standpoint, Viewer } from './viewer.ts'
import { Disturbed } from './watch.ts'

type Tokens = Readonly<Partial<Record<'access_token' | 'refresh_token' | 'id_token', string>>>

type TokenRequest = Pick<Sent, 'form' | 'headers'>

const authorization = basic('web', 'web-secret')

export const redemption = (code: string): TokenRequest => ({
  form: { grant_type: 'authorization_code', code, redirect_uri: callback },
  headers: { authorization },
})

export const refreshing = (token = ''): TokenRequest => ({
  form: { grant_type: 'refresh_token', refresh_token: token },
  headers: { authorization },
})

/** On the way to what is tried, a busy machine can be too slow for the clients' patience. */
const unexpected = (wanted: string, status: number, body: string): Error => {
  const message = `no ${wanted}, but ${status}: ${body.slice(0, 200)}`
  return status === 503 ? new Disturbed(message) : new Error(message)
}

/** One person with one browser at one tenant, going as far into a flow as it takes. */
export class Visitor {
  readonly tenant: string
  readonly issuer: string
  /** A user name that nobody has, this visitor's own. */
  readonly stranger: string
  readonly #origin: string
  readonly #viewer: Viewer
  /** Where everything is sent from that no fault is to meet. */
  readonly #home: Standpoint

  constructor(origin: string, tenant: string, home: Standpoint) {
    this.tenant = tenant
    this.issuer = `${origin}/${tenant}`
    this.stranger = `${home.address}@example.com`
    this.#origin = origin
    this.#viewer = new Viewer(origin)
    this.#home = home
  }

  ask(sent: Sent, from: Standpoint = this.#home): Promise<Answer> {
    return this.#viewer.send(sent, from)
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Sent {
    return { method: 'GET', path: `/${this.tenant}/${path}`, headers }
  }

  token(request: TokenRequest): Sent {
    return { method: 'POST', path: `/${this.tenant}/oauth2/token`, ...request }
  }

  /** A request of a client that proves itself with the secret that most have. */
  as(client: string, endpoint: string, form: Readonly<Record<string, string>>): Sent {
    const headers = { authorization: basic(client, 'web-secret') }
    return { method: 'POST', path: `/${this.tenant}/${endpoint}`, form, headers }
  }

  /** What a page of ours sends. */
  posted(path: string, form: Readonly<Record<string, string>>): Sent {
    const headers = { origin: this.#origin }
    return { method: 'POST', path: `/${this.tenant}/${path}`, form, headers }
  }

  /** What a client is told on the way to what is tried. */
  async told(sent: Sent): Promise<Readonly<Record<string, string>>> {
    const { status, body } = await this.ask(sent)
    if (status < 200 || status > 299) throw unexpected('answer', status, body)
    return JSON.parse(body)
  }

  /** A question about a token, or its end. */
  inquiry(endpoint: 'introspect' | 'revoke', token = ''): Sent {
    const path = `/${this.tenant}/oauth2/${endpoint}`
    return { method: 'POST', path, form: { token }, headers: { authorization } }
  }

  authorization(more: Readonly<Record<string, string>> = {}): Sent {
    const query = new URLSearchParams({
      client_id: 'web',
      redirect_uri: callback,
      response_type: 'code',
      scope: 'openid',
      ...more,
    })
    return this.get(`oauth2/authorize?${query}`)
  }

  async signInPage(more: Readonly<Record<string, string>> = {}): Promise<Sent> {
    return this.#follow(await this.ask(this.authorization(more)))
  }

  async password(typed: Readonly<Record<string, string>> = {}): Promise<Sent> {
    const page = await this.ask(await this.signInPage())
    return this.submit(page, { username: 'ada@example.com', password, ...typed })
  }

  async signIn(): Promise<void> {
    await this.ask(this.#follow(await this.ask(await this.password())))
  }

  /** The page that asks whoever is signed in. */
  async consentPage(): Promise<Sent> {
    return this.#follow(
      await this.ask(this.authorization({ client_id: 'asking', prompt: 'consent' })),
    )
  }

  async consent(): Promise<Sent> {
    return this.submit(await this.ask(await this.consentPage()), { allow: 'yes' })
  }

  async code(): Promise<string> {
    const { headers, status, body } = await this.ask(this.authorization())
    const code = new URL(headers['location'] ?? 'none:').searchParams.get('code')
    if (code === null) throw unexpected('code', status, body)
    return code
  }

  async tokens(): Promise<Tokens> {
    const { status, body } = await this.ask(this.token(redemption(await this.code())))
    if (status !== 200) throw unexpected('token', status, body)
    return JSON.parse(body)
  }

  #follow({ headers, status, body }: Answer): Sent {
    const { location } = headers
    if (location === undefined) throw unexpected('redirect', status, body)
    const { pathname, search } = new URL(location, this.#origin)
    return { method: 'GET', path: `${pathname}${search}` }
  }

  /** The page's form, filled in. */
  submit({ body, status }: Answer, typed: Readonly<Record<string, string>>): Sent {
    const [, path] = /<form method="post" action="([^"]*)"/.exec(body) ?? []
    const [, interaction = ''] = /name="interaction" value="([^"]*)"/.exec(body) ?? []
    if (path === undefined) throw unexpected('form', status, body)
    const headers = { origin: this.#origin }
    return { method: 'POST', path, form: { interaction, ...typed }, headers }
  }
}

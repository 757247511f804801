import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { submit } from '../../tools/smoke/page-form.ts'
import { basic, RelyingParty, type TokenAnswer } from './relying-party.ts'

type Form = Record<string, string>
type Fields = Readonly<Record<string, string>>

export const suiteCallback = 'https://localhost.emobix.co.uk:8443/test/a/sallyport/callback'
const adaOfSuite = { username: 'ada@example.com', password: 'harbour-lantern-tide' }

/** The client of a conformance plan: of one response type and mode, with a secret. */
export class ConformanceParty extends RelyingParty {
  readonly client: string
  readonly #defaults: Form
  readonly #secretOf: (client: string) => string
  readonly #keySet: ReturnType<typeof createRemoteJWKSet>

  constructor(
    origin: string,
    secretOf: (client: string) => string,
    { client = 'basic-1', ...defaults }: Form = {},
  ) {
    super(origin, 'conformance')
    this.client = client
    this.#defaults = { redirect_uri: suiteCallback, nonce: 'n', state: 's', ...defaults }
    this.#secretOf = secretOf
    this.#keySet = createRemoteJWKSet(new URL(`${this.issuer}/oauth2/jwks`))
  }

  /** An empty parameter is left out. */
  override authorizationUrl(parameters: Form = {}): string {
    const all = { client_id: this.client, scope: 'openid', ...this.#defaults, ...parameters }
    const present = Object.entries(all).filter(([, value]) => value !== '')
    return `${this.issuer}/oauth2/authorize?${new URLSearchParams(present)}`
  }

  /** True when the person was asked for the password. */
  asked = false

  /** Does what the pages ask for, and answers what the client gets, wherever it is put. */
  async run(parameters: Form = {}): Promise<Fields> {
    let page = await this.authorize(parameters)
    this.asked = page.body.includes('name="password"')
    if (this.asked) page = await submit(this.browser, page, adaOfSuite)
    if (page.body.includes('name="allow"')) {
      page = await submit(this.browser, page, { allow: 'yes' })
    }
    if (page.url.startsWith(suiteCallback)) {
      const { hash, search } = new URL(page.url)
      return Object.fromEntries(new URLSearchParams(hash.slice(1) || search))
    }
    const posted = page.body.matchAll(/<input type="hidden" name="([^"]+)"/g)
    return Object.fromEntries([...posted].map(([, name = '']) => [name, page.field(name) ?? '']))
  }

  redeemed(code = '', more: Form = {}): Promise<TokenAnswer> {
    const form = { grant_type: 'authorization_code', code, redirect_uri: suiteCallback, ...more }
    return this.token(form, basic(this.client, this.#secretOf(this.client)))
  }

  refreshed(token: unknown): Promise<TokenAnswer> {
    const form = { grant_type: 'refresh_token', refresh_token: String(token) }
    return this.token(form, basic(this.client, this.#secretOf(this.client)))
  }

  /** The tokens of one run: those of the token endpoint before those in front. */
  async grants(parameters: Form = {}): Promise<Fields> {
    const answer = await this.run(parameters)
    if (answer['code'] === undefined) return answer
    const { body } = await this.redeemed(answer['code'])
    return {
      ...answer,
      ...Object.fromEntries(Object.entries(body).map(([k, v]) => [k, String(v)])),
    }
  }

  async verified(
    jwt: unknown,
  ): Promise<JWTPayload & { readonly alg: string; readonly kid: string }> {
    const options = { issuer: this.issuer, audience: this.client }
    const { payload, protectedHeader } = await jwtVerify(String(jwt), this.#keySet, options)
    return { ...payload, alg: protectedHeader.alg, kid: protectedHeader.kid ?? '' }
  }

  /** The claims about the person: from userinfo, or from the ID token where there is no other token. */
  async claims(granted: Fields): Promise<Readonly<Record<string, unknown>>> {
    const token = granted['access_token']
    return token === undefined
      ? this.verified(granted['id_token'])
      : (await this.userInfo(token)).body
  }
}

import { expect, inject } from 'vitest'
import { basic, callback, RelyingParty, type TokenAnswer } from './relying-party.ts'

/** The tenant whose clients ask in every way there is. */
export const requestsTenant = 'requests'

export const pushedUri = /^urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}$/

/** A client of that tenant, which pushes its requests. */
export class RequestParty extends RelyingParty {
  readonly client: string

  constructor(client = 'web') {
    super(inject('origin'), requestsTenant)
    this.client = client
  }

  get authorization(): string {
    return basic(this.client, `${this.client}-secret`)
  }

  /** The parameters of a good request. */
  request(more: Record<string, string> = {}): Record<string, string> {
    return {
      client_id: this.client,
      redirect_uri: callback,
      response_type: 'code',
      scope: 'openid',
      ...more,
    }
  }

  override post(
    path: string,
    form: Record<string, string> | [string, string][],
    headers: Record<string, string> = { authorization: this.authorization },
  ): Promise<TokenAnswer> {
    return super.post(path, form, headers)
  }

  pushes(more: Record<string, string> = {}, headers?: Record<string, string>) {
    return this.post('oauth2/par', this.request(more), headers)
  }

  /** Pushes a good request and answers where it is known from then on. */
  async pushed(more: Record<string, string> = {}): Promise<string> {
    const { status, body } = await this.pushes(more)
    expect({ status, body }).toMatchObject({ status: 201 })
    return String(body['request_uri'])
  }

  /** Goes to the authorization endpoint with nothing but these parameters. */
  begin(parameters: Record<string, string> | [string, string][]) {
    return this.browser.get(`${this.issuer}/oauth2/authorize?${new URLSearchParams(parameters)}`)
  }

  beginPushed(requestUri: string) {
    return this.begin({ client_id: this.client, request_uri: requestUri })
  }

  /** Signs in where that is asked, and answers where the browser ends up. */
  async answered(page: Awaited<ReturnType<RequestParty['begin']>>): Promise<URL> {
    const isSignedIn = page.field('interaction') === undefined
    return new URL(isSignedIn ? page.url : (await this.submitPassword(page)).url)
  }

  redeemed(code: string, more: Record<string, string> = {}): Promise<TokenAnswer> {
    const form = { grant_type: 'authorization_code', code, redirect_uri: callback, ...more }
    return this.post('oauth2/token', form)
  }
}

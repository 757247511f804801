import { inject } from 'vitest'
import { basic, RelyingParty, type TokenAnswer } from './relying-party.ts'

export const exchangeTenant = 'exchange'

const types = 'urn:ietf:params:oauth:token-type'
export const tokenType = {
  accessToken: `${types}:access_token`,
  idToken: `${types}:id_token`,
  jwt: `${types}:jwt`,
} as const

/** The clients of that tenant, which bring tokens to get others. */
export class ExchangeParty extends RelyingParty {
  constructor() {
    super(inject('origin'), exchangeTenant)
  }

  as(client: string, form: Record<string, string> | [string, string][]): Promise<TokenAnswer> {
    return this.post('oauth2/token', form, { authorization: basic(client, `${client}-secret`) })
  }

  exchange(
    client: string,
    token: string,
    more: Record<string, string> | [string, string][] = {},
  ): Promise<TokenAnswer> {
    const entries = Array.isArray(more) ? more : Object.entries(more)
    const form: [string, string][] = [
      ['grant_type', 'urn:ietf:params:oauth:grant-type:token-exchange'],
      ['subject_token', token],
      ...entries,
    ]
    const isTyped = form.some(([name]) => name === 'subject_token_type')
    return this.as(
      client,
      isTyped ? form : [...form, ['subject_token_type', tokenType.accessToken]],
    )
  }

  assert(client: string, assertion: string, more: Record<string, string> = {}) {
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
    return this.as(client, { grant_type, assertion, ...more })
  }

  /** How a role of AWS authenticates, by a request that it has signed. */
  roleForm(client: string, signed: object) {
    return {
      client_id: client,
      client_assertion_type: 'urn:sallyport:client-assertion-type:aws-caller-identity',
      client_assertion: Buffer.from(JSON.stringify(signed)).toString('base64url'),
    }
  }

  role(client: string, signed: object) {
    const grant_type = 'client_credentials'
    return this.post('oauth2/token', { grant_type, ...this.roleForm(client, signed) })
  }

  /** A workload, which has nothing but what the place gives it that it runs at. */
  workload(client: string, assertion: string, more: Record<string, string> = {}) {
    return this.post('oauth2/token', {
      grant_type: 'client_credentials',
      client_id: client,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      ...more,
    })
  }

  introspect(client: string, token: unknown) {
    const headers = { authorization: basic(client, `${client}-secret`) }
    return this.post('oauth2/introspect', { token: String(token) }, headers)
  }

  /** Signs Ada in at the app, with an access token for these resources. */
  async signedIn(...resources: string[]) {
    const query: [string, string][] = [
      ...Object.entries({ scope: 'openid orders:read orders:write' }),
    ]
    const url = new URL(this.authorizationUrl(Object.fromEntries(query)))
    for (const resource of resources) url.searchParams.append('resource', resource)
    const page = await this.browser.get(url.href)
    const isSignedIn = page.field('interaction') === undefined
    const end = new URL(isSignedIn ? page.url : (await this.submitPassword(page)).url)
    const { body } = await this.redeem(end.searchParams.get('code') ?? '')
    return {
      accessToken: String(body['access_token']),
      refreshToken: String(body['refresh_token']),
      idToken: String(body['id_token']),
    }
  }
}

import { basic, tenantUnderTest } from './relying-party.ts'

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** What a device was told when it started. */
export interface StartedDevice {
  readonly deviceCode: string
  readonly userCode: string
  readonly body: Readonly<Record<string, unknown>>
  poll(): Promise<Answer>
}

/** A box with a screen and no keyboard. */
export class Device {
  readonly issuer: string
  readonly #client: { readonly id: string; readonly secret?: string }

  constructor(
    origin: string,
    client: { readonly id: string; readonly secret?: string } = {
      id: 'set-top',
      secret: 'set-top-secret',
    },
    tenant = tenantUnderTest,
  ) {
    this.issuer = `${origin}/${tenant}`
    this.#client = client
  }

  async send(path: string, form: Record<string, string>): Promise<Answer> {
    const { id, secret } = this.#client
    const headers = secret === undefined ? {} : { authorization: basic(id, secret) }
    const named = secret === undefined ? { client_id: id } : {}
    const body = new URLSearchParams({ ...form, ...named })
    const response = await fetch(`${this.issuer}/${path}`, { method: 'POST', headers, body })
    return { status: response.status, body: JSON.parse(await response.text()) }
  }

  request(form: Record<string, string> = { scope: 'openid' }): Promise<Answer> {
    return this.send('oauth2/device_authorization', form)
  }

  async start(form?: Record<string, string>): Promise<StartedDevice> {
    const { body } = await this.request(form)
    const deviceCode = String(body['device_code'])
    const poll = () => this.poll(deviceCode)
    return { deviceCode, userCode: String(body['user_code']), body, poll }
  }

  poll(deviceCode: string): Promise<Answer> {
    return this.send('oauth2/token', { grant_type: deviceGrant, device_code: deviceCode })
  }
}

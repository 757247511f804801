import { submit } from '../../tools/smoke/page-form.ts'
import { Device } from './device.ts'
import { password, RelyingParty, tenantUnderTest } from './relying-party.ts'

export const cibaGrant = 'urn:openid:params:grant-type:ciba'

/** A client that asks for people who are somewhere else. */
export class Till {
  readonly #sender: Device

  constructor(
    origin: string,
    client: { readonly id: string; readonly secret?: string } = {
      id: 'till',
      secret: 'till-secret',
    },
    tenant = tenantUnderTest,
  ) {
    this.#sender = new Device(origin, client, tenant)
  }

  get issuer(): string {
    return this.#sender.issuer
  }

  ask(form: Record<string, string> = {}) {
    const asked = { scope: 'openid', login_hint: 'ada@example.com', ...form }
    return this.#sender.send('oauth2/bc-authorize', asked)
  }

  /** Sends a form as it is. */
  send(form: Record<string, string>) {
    return this.#sender.send('oauth2/bc-authorize', form)
  }

  async authReqId(form: Record<string, string> = {}): Promise<string> {
    const { body } = await this.ask(form)
    return String(body['auth_req_id'])
  }

  redeem(authReqId: string) {
    const form = { grant_type: cibaGrant, auth_req_id: authReqId }
    return this.#sender.send('oauth2/token', form)
  }
}

/** A browser in which somebody has signed in to see what waits for an answer. */
export async function openRequests(
  origin: string,
  username = 'ada@example.com',
  tenant = tenantUnderTest,
) {
  const { browser, issuer } = new RelyingParty(origin, tenant)
  const address = `${issuer}/signin/requests`
  await submit(browser, await browser.get(address), { username, password })
  const look = () => browser.get(address)
  return {
    browser,
    look,
    /** Answers the request with this message. */
    async press(button: 'allow' | 'deny', message: string) {
      const { body } = await look()
      const section = body.split('<section>').find((part) => part.includes(`>${message}<`)) ?? ''
      const [, request = ''] = section.match(/name="request" value="([^"]*)"/) ?? []
      return browser.post(address, { request, [button]: 'yes' })
    },
  }
}

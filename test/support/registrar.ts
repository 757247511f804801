import { expect } from 'vitest'

export interface RegistrationAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

export const redirectUri = 'https://client.example/callback'

/** Sends one request that has to do with a registration. */
export async function ask(
  url: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  sent: {
    readonly token?: string | undefined
    readonly body?: unknown
    readonly type?: string
  } = {},
): Promise<RegistrationAnswer> {
  const { token, body, type = 'application/json' } = sent
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const answer = text === '' ? {} : JSON.parse(text)
  return { status: response.status, headers: response.headers, body: answer }
}

/** A program that registers itself at one tenant. */
export class Registrar {
  readonly issuer: string

  constructor(origin: string, tenant = 'bazaar') {
    this.issuer = `${origin}/${tenant}`
  }

  register(metadata: unknown, token?: string): Promise<RegistrationAnswer> {
    return ask(`${this.issuer}/oauth2/register`, 'POST', { body: metadata, token })
  }

  /** Registers what must be accepted, and answers what it became. */
  async registered(metadata: object = {}): Promise<Registered> {
    const { status, body } = await this.register({ redirect_uris: [redirectUri], ...metadata })
    expect(status, JSON.stringify(body)).toBe(201)
    return {
      id: String(body['client_id']),
      secret: String(body['client_secret']),
      uri: String(body['registration_client_uri']),
      token: String(body['registration_access_token']),
      body,
    }
  }
}

export interface Registered {
  readonly id: string
  readonly secret: string
  readonly uri: string
  readonly token: string
  readonly body: RegistrationAnswer['body']
}

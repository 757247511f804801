import { createPrivateKey } from 'node:crypto'
import { compactDecrypt, createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { expect, inject } from 'vitest'
import keys from './client-keys.json' with { type: 'json' }
import { basic, callback, RelyingParty, type TokenAnswer } from './relying-party.ts'
import { twinOf } from './twin-tenant.ts'

type Fields = Readonly<Record<string, string>>

/** Of the clients below; its twin where the project is about twins. */
const responsesTenant = inject('tenant') === undefined ? 'responses' : twinOf('responses')

/** A client of the tenant whose clients are answered in every way there is. */
export class ResponseParty extends RelyingParty {
  readonly client: string
  readonly #keySet: ReturnType<typeof createRemoteJWKSet>

  constructor(client = 'old') {
    super(inject('origin'), responsesTenant)
    this.client = client
    this.#keySet = createRemoteJWKSet(new URL(`${this.issuer}/oauth2/jwks`))
  }

  override authorizationUrl(parameters: Record<string, string> = {}): string {
    return super.authorizationUrl({ client_id: this.client, ...parameters })
  }

  /** Signs in unless the browser still is, and answers what came back in the fragment. */
  async inFragment(parameters: Record<string, string> = {}): Promise<Fields> {
    const url = await this.signIn(parameters)
    expect(url.search).toBe('')
    return Object.fromEntries(new URLSearchParams(url.hash.slice(1)))
  }

  async inQuery(parameters: Record<string, string> = {}): Promise<Fields> {
    const url = await this.signIn(parameters)
    expect(url.hash).toBe('')
    return Object.fromEntries(url.searchParams)
  }

  redeemed(code: string, redirectUri = callback): Promise<TokenAnswer> {
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
    const secret = `${this.client}-secret`
    return this.client === 'old'
      ? this.token({ ...form, client_id: 'old', client_secret: secret })
      : this.token(form, basic(this.client, secret))
  }

  /** Verifies what we have signed for this client. */
  async verified(jwt: unknown): Promise<JWTPayload & { readonly alg: string }> {
    const options = { issuer: this.issuer, audience: this.client }
    const { payload, protectedHeader } = await jwtVerify(String(jwt), this.#keySet, options)
    return { ...payload, alg: protectedHeader.alg }
  }
}

/** Decrypts what was encrypted to the clients of the configuration. */
export async function decrypted(jwe: unknown): Promise<{
  readonly text: string
  readonly header: Readonly<Record<string, unknown>>
}> {
  const key = createPrivateKey({ key: keys['ECDH-ES'], format: 'jwk' })
  const { plaintext, protectedHeader } = await compactDecrypt(String(jwe), key)
  return { text: Buffer.from(plaintext).toString(), header: { ...protectedHeader } }
}

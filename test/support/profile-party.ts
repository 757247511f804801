import { randomUUID } from 'node:crypto'
import { createRemoteJWKSet, importJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { expect, inject } from 'vitest'
import { trustedAuthority } from './certificate-authority.ts'
import { askOverTls, type ClientCertificate } from './client-certificate.ts'
import keys from './client-keys.json' with { type: 'json' }
import { dpopKey } from './dpop.ts'
import {
  answerOf,
  callback,
  type ProofKey,
  proofKey,
  RelyingParty,
  type TokenAnswer,
} from './relying-party.ts'

type Form = Record<string, string>
/** `undefined` takes a claim away. */
type Claims = Readonly<Record<string, unknown>>
type Algorithm = 'PS256' | 'ES256' | 'RS256'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds

/** A client of a tenant with a strict profile, which does all that the profile asks. */
export class ProfileParty extends RelyingParty {
  readonly client: string
  readonly pkce: ProofKey = proofKey()
  readonly key: Promise<Awaited<ReturnType<typeof dpopKey>>> = dpopKey()
  readonly #keySet: ReturnType<typeof createRemoteJWKSet>

  constructor(tenant: 'vault' | 'ledger', client = 'app') {
    super(inject('origin'), tenant)
    this.client = client
    this.#keySet = createRemoteJWKSet(new URL(`${this.issuer}/oauth2/jwks`))
  }

  /** The key pair of an elliptic curve for ES256, the RSA one for all else. */
  async signed(claims: Claims, alg: Algorithm = 'ES256', typ?: string): Promise<string> {
    const { kid, ...jwk } = keys[alg === 'ES256' ? 'ES256' : 'RS256']
    const payload: JWTPayload = { ...claims }
    return new SignJWT(payload)
      .setProtectedHeader({ alg, kid, ...(typ && { typ }) })
      .sign(await importJWK({ ...jwk, alg }, alg))
  }

  async assertion(claims: Claims = {}, alg?: Algorithm): Promise<Form> {
    const now = secondsFromNow(0)
    const own = { iss: this.client, sub: this.client, aud: this.issuer, jti: randomUUID() }
    const jwt = await this.signed({ ...own, iat: now, exp: now + 60, ...claims }, alg)
    return { client_assertion_type: assertionType, client_assertion: jwt }
  }

  /** A request object with the parameters of a good request. */
  object(claims: Claims = {}, alg?: Algorithm): Promise<string> {
    const times = { nbf: secondsFromNow(0), exp: secondsFromNow(300) }
    const jwt = { iss: this.client, aud: this.issuer, ...times }
    return this.signed({ ...jwt, ...this.request(), ...claims }, alg, 'oauth-authz-req+jwt')
  }

  /** The parameters of a good request. */
  request(more: Form = {}): Form {
    return {
      client_id: this.client,
      redirect_uri: callback,
      response_type: 'code',
      scope: 'openid',
      code_challenge: this.pkce.challenge,
      code_challenge_method: 'S256',
      ...more,
    }
  }

  /** Posts to the host that asks for certificates. */
  async postOverTls(path: string, form: Form, certificate?: ClientCertificate) {
    const url = `${inject('mtlsOrigin')}/${this.issuer.split('/').at(-1)}/${path}`
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const sent = { method: 'POST', headers, body: String(new URLSearchParams(form)) }
    const shown = { ca: inject('mtlsCertificate'), ...(certificate && { certificate }) }
    return answerOf(await askOverTls(url, { ...sent, ...shown }))
  }

  async pushes(form: Form, assertion?: Form): Promise<TokenAnswer> {
    return this.post('oauth2/par', { ...form, ...(assertion ?? (await this.assertion())) })
  }

  /** Pushes a good request, with what is given in place of its parameters. */
  async pushed(more: Form = {}): Promise<string> {
    const { status, body } = await this.pushes(this.request(more))
    expect({ status, body }).toMatchObject({ status: 201 })
    return String(body['request_uri'])
  }

  begin(parameters: Form) {
    return this.browser.get(`${this.issuer}/oauth2/authorize?${new URLSearchParams(parameters)}`)
  }

  /** Signs in where that is asked, and answers where the browser ends up. */
  async answered(parameters: Form): Promise<URL> {
    const page = await this.begin(parameters)
    const isAsked = page.field('interaction') !== undefined
    return new URL(isAsked ? (await this.submitPassword(page)).url : page.url)
  }

  /** What a pushed request is answered with. */
  async answer(more: Form = {}): Promise<Form> {
    const request = { client_id: this.client, request_uri: await this.pushed(more) }
    const url = await this.answered(request)
    return Object.fromEntries(url.searchParams)
  }

  async proof(path: string, accessToken?: string, htm = 'POST'): Promise<Form> {
    const asked = { htm, htu: `${this.issuer}/${path}`, ...(accessToken && { accessToken }) }
    return { dpop: await (await this.key).proof(asked) }
  }

  /** Asks for tokens with a proof, unless other headers are given. */
  async grant(form: Form, headers?: Form, assertion?: Form): Promise<TokenAnswer> {
    const own = assertion ?? (await this.assertion())
    const sent = headers ?? (await this.proof('oauth2/token'))
    return this.post('oauth2/token', { ...form, ...own }, sent)
  }

  codeForm(code = '', more: Form = {}): Form {
    const grant = { grant_type: 'authorization_code', code, redirect_uri: callback }
    return { ...grant, code_verifier: this.pkce.verifier, ...more }
  }

  /** Verifies what the tenant has signed for this client. */
  async verified(jwt: unknown): Promise<JWTPayload & { readonly alg: string }> {
    const options = { issuer: this.issuer, audience: this.client }
    const { payload, protectedHeader } = await jwtVerify(String(jwt), this.#keySet, options)
    return { ...payload, alg: protectedHeader.alg }
  }
}

/** The certificate by which the clients `certified` are known. */
export const certifiedCertificate = (): Promise<ClientCertificate> =>
  trustedAuthority().issue([
    { name: 'organizationName', value: 'Acme' },
    { name: 'commonName', value: 'certified' },
  ])

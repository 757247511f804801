import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { signedAssertion } from '../support/client-assertion.ts'
import { basic, callback, password, proofKey, RelyingParty } from '../support/relying-party.ts'
import { allItems } from '../support/table.ts'

const origin = inject('origin')
const pages = `${origin}/_local`

/** Every secret that was issued or typed, by what it is. */
const secrets = new Map<string, string>()

/** Requests that must have left a line in the log. */
const requestIds = new Set<string>()

/** All that was logged meanwhile; the local cloud keeps the last lines only, so it is read often. */
const logged = new Set<string>()

async function readLog(): Promise<void> {
  const lines: readonly unknown[] = JSON.parse(await (await fetch(`${pages}/api/logs`)).text())
  for (const line of lines) logged.add(JSON.stringify(line))
}

const keep = (what: string, value: unknown): string => {
  const text = String(value)
  if (text.length < 8) throw new Error(`no ${what} was issued`)
  secrets.set(what, text)
  return text
}

/** A sealed text and a JWT are of no use without their last part, a session cookie neither. */
function keepLastPart(what: string, value: string): void {
  keep(what, value)
  keep(`last part of the ${what}`, value.split('.').at(-1))
}

async function signIn(rp: RelyingParty): Promise<string> {
  const { challenge, verifier } = proofKey()
  keep('code_verifier', verifier)
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
  const page = await rp.authorize({ ...pkce, client_id: 'spa', prompt: 'consent' })
  requestIds.add(page.headers.get('apigw-requestid') ?? '')
  keepLastPart('interaction', page.field('interaction') ?? '')
  const wrong = { username: 'secret-typed-as-a-name', password: 'wrong-but-secret' }
  for (const [what, text] of Object.entries(wrong)) keep(`${what} of a failure`, text)
  await rp.submitPassword(page, wrong)
  const consent = await rp.submitPassword(page, { username: 'grace@example.com' })
  keepLastPart('interaction of the consent', consent.field('interaction') ?? '')
  const form = { interaction: consent.field('interaction') ?? '', allow: 'yes' }
  const { url } = await rp.browser.post(`${rp.issuer}/signin/consent`, form)
  await readLog()
  const code = new URL(url).searchParams.get('code') ?? ''
  keepLastPart('code', code)
  return code
}

async function redeem(rp: RelyingParty, code: string): Promise<void> {
  const form = { redirect_uri: callback, client_id: 'spa' }
  const proof = { code, code_verifier: secrets.get('code_verifier') ?? '' }
  const grant = { grant_type: 'authorization_code' }
  const first = await rp.token({ ...grant, ...form, ...proof })
  const refresh = { grant_type: 'refresh_token', ...form }
  const token = String(first.body['refresh_token'])
  const next = await rp.token({ ...refresh, refresh_token: token })
  for (const [which, { status, headers, body }] of Object.entries({ first, next })) {
    expect(status).toBe(200)
    requestIds.add(headers.get('apigw-requestid') ?? '')
    for (const name of ['access_token', 'refresh_token', 'id_token']) {
      keepLastPart(`${which} ${name}`, String(body[name]))
    }
  }
  await rp.userInfo(String(next.body['access_token']))
  await rp.token({ ...grant, ...form, ...proof })
  await rp.token({ ...refresh, refresh_token: token })
  await readLog()
}

async function authenticateClients(rp: RelyingParty): Promise<void> {
  const machine = { grant_type: 'client_credentials' }
  const { body } = await rp.token(
    machine,
    basic('machine', keep('client secret', 'machine-secret')),
  )
  keepLastPart('token of a machine', String(body['access_token']))
  await rp.token(machine, basic('machine', keep('wrong client secret', 'wrong-machine-secret')))
  const posted = { client_id: 'post', client_secret: keep('posted client secret', 'post-secret') }
  await rp.token({ ...machine, ...posted })
  const assertion = await signedAssertion({ aud: rp.issuer })
  keepLastPart('client assertion', assertion)
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  const proof = { client_assertion_type: type, client_assertion: assertion }
  await rp.token({ grant_type: 'refresh_token', refresh_token: 'x', ...proof })
  await rp.token({ grant_type: 'refresh_token', refresh_token: 'x', ...proof })
  await readLog()
}

beforeAll(async () => {
  const rp = new RelyingParty(origin)
  keep('password', password)
  await redeem(rp, await signIn(rp))
  await authenticateClients(rp)
  for (const name of ['session', 'browser']) {
    const cookie = rp.browser.cookies.get(`__Secure-sallyport-${name}`)?.value ?? ''
    keepLastPart(`${name} cookie`, cookie)
  }
  await rp.signOut(secrets.get('next id_token') ?? '')
  await readLog()
})

/** Names the secrets that a text holds, as they are or as a URL or base64 would carry them. */
const foundIn = (text: string): readonly string[] =>
  [...secrets].flatMap(([what, secret]) => {
    const spellings = [secret, encodeURIComponent(secret), btoa(secret).replace(/=+$/, '')]
    return spellings.some((spelling) => text.includes(spelling)) ? [what] : []
  })

describe('asvs 16.2.5: no secret that was issued or typed is', () => {
  test('in the log, which has a line of each request', () => {
    const log = [...logged].join('\n')
    for (const id of requestIds) expect(log).toContain(id)
    expect(foundIn(log)).toEqual([])
  })

  test('on the page of the developer, or in what it is made of', async () => {
    for (const path of ['', '/api/calls', '/api/usage', '/api/functions']) {
      const text = await (await fetch(pages + path)).text()
      expect(text.length).toBeGreaterThan(100)
      expect(foundIn(text), path).toEqual([])
    }
  })

  /**
   * What is stored opens nothing.
   *
   * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.4.1.3
   */
  test('in the table, where the session is known by its hash', async () => {
    const items = await allItems(inject('aws'))
    const text = items.map((item) => JSON.stringify(item, readable)).join('\n')
    const id = secrets.get('last part of the session cookie') ?? ''
    expect(text).toContain(createHash('sha256').update(id).digest('base64url'))
    expect(foundIn(text)).toEqual([])
  })
})

/** Bytes as the text that they may be. */
const readable = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value

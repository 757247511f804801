import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { anyText } from '../support/refusals.ts'
import { expectDiscreet } from './refusal.ts'
import { type Change, type Prepared, type Route, routes, rows, send, strangerAt } from './rows.ts'

const origin = inject('origin')
const runs = 100
const stranger = () => strangerAt(origin)

/** Parameters that some endpoint reads; here they reach all of them. */
const names = [
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'code',
  'code_verifier',
  'code_challenge',
  'code_challenge_method',
  'confirm',
  'grant_type',
  'id_token_hint',
  'interaction',
  'login_hint',
  'max_age',
  'nonce',
  'password',
  'post_logout_redirect_uri',
  'prompt',
  'redirect_uri',
  'refresh_token',
  'response_mode',
  'response_type',
  'scope',
  'state',
  'ui_locales',
  'username',
] as const

const jwt = (header: object) =>
  `${Buffer.from(JSON.stringify(header)).toString('base64url')}.e30.AA`

/** Values that parsers trip over. */
const awkward = fc.constantFrom(
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'web',
  'spa',
  'jwt',
  'none',
  'login consent',
  'openid offline_access',
  'form_post',
  'de-x-'.repeat(50),
  '\ufdfa'.repeat(300),
  '\u0000',
  '__proto__',
  'us-east-1.a.b',
  '.'.repeat(100),
  '9'.repeat(400),
  '-0',
  '1e309',
  'http://[::1',
  'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  jwt({ alg: 'RS256', kid: 'x', typ: 'JWT' }),
  jwt({ alg: 'RS256', kid: '__proto__', typ: 'at+jwt', crit: ['b64'] }),
)

const value = fc.oneof(awkward, anyText, fc.json(), fc.webUrl())

function form({ parameters }: Prepared): fc.Arbitrary<string> {
  const known = Object.entries(parameters)
  const foreign = fc.tuple(fc.oneof(fc.constantFrom(...names), anyText), value)
  const spoilt = known.map(([name, good]) =>
    fc.tuple(fc.constant(name), fc.oneof(fc.constant(good), value)),
  )
  const fields = fc.array(fc.oneof(foreign, ...spoilt), { maxLength: 6 })
  return fc
    .tuple(fc.subarray(known), fields)
    .map(([kept, more]) => new URLSearchParams([...kept, ...more]).toString())
}

/** Wrong passwords must not lock the account of somebody who has other tests to sign in for. */
function anonymous(prepared: Prepared): Prepared {
  const { parameters } = prepared
  if (parameters['username'] === undefined) return prepared
  return { ...prepared, parameters: { ...parameters, username: 'nobody@example.com' } }
}

/** What a header may hold at all. */
const headerText = fc.string({ unit: 'grapheme-ascii', maxLength: 60 })

const base64 = fc.string({ maxLength: 40 }).map((text) => Buffer.from(text).toString('base64'))

const headers = fc.record(
  {
    authorization: fc.oneof(
      headerText,
      base64.map((text) => `Basic ${text}`),
      headerText.map((text) => `Bearer ${text}`),
    ),
    'accept-language': headerText,
    'content-type': fc.oneof(headerText, fc.constant('application/x-www-form-urlencoded; x')),
    origin: fc.oneof(headerText, fc.constant(origin)),
    'x-forwarded-for': headerText,
  },
  { requiredKeys: [] },
)

const change = (route: Route, prepared: Prepared): fc.Arbitrary<Change> => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((all) => new Uint8Array(all))
  const raw = route.startsWith('GET')
    ? fc.string({ unit: 'grapheme-ascii' }).map((text) => text.replaceAll('#', '%'))
    : bytes
  const sent = { encoded: fc.oneof({ arbitrary: form(prepared), weight: 9 }, raw), headers }
  return fc.record({ ...sent, tenant: fc.constantFrom('acme', 'acme', 'acme', 'globex') })
}

describe('nothing that is sent makes a function fail', () => {
  test.each(routes)('%s', async (route) => {
    const prepared = anonymous(await rows[route].prepare(origin))
    const property = fc.asyncProperty(change(route, prepared), async (sent) => {
      expectDiscreet(await send(route, prepared, sent))
    })
    await fc.assert(property, { numRuns: runs })
  })

  test('any cookie', async () => {
    const property = fc.asyncProperty(
      fc.constantFrom(...routes),
      headerText,
      async (route, cookie) => {
        const both = ['session', 'browser'].map((name) => `__Secure-sallyport-${name}=${cookie}`)
        expectDiscreet(await send(route, stranger(), { headers: { cookie: both.join(';') } }))
      },
    )
    await fc.assert(property, { numRuns: runs })
  })

  test('any tenant', async () => {
    const property = fc.asyncProperty(fc.constantFrom(...routes), anyText, async (route, text) => {
      const segment = encodeURIComponent(text.toWellFormed())
      const tenant = ['', '.', '..'].includes(segment) ? 'nobody' : segment
      const { status } = await send(route, stranger(), { tenant })
      expect([400, 404]).toContain(status)
    })
    await fc.assert(property, { numRuns: runs })
  })

  test('no invocation has ended without an answer', async () => {
    const response = await fetch(`${origin}/_local/api/functions`)
    const functions: readonly { readonly errors: number; readonly timeouts: number }[] = JSON.parse(
      await response.text(),
    )
    expect(functions.length).toBeGreaterThan(0)
    for (const fn of functions) expect(fn).toMatchObject({ errors: 0, timeouts: 0 })
  })
})

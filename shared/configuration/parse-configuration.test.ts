import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseConfiguration } from './parse-configuration.ts'
import { renderProblem } from './problem.ts'

const lenient = { strictSecrets: false }

function problemsOf(document: unknown, strength = lenient): readonly string[] {
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  const reading = parseConfiguration(text, strength)
  return reading.kind === 'refused' ? reading.problems.map(renderProblem) : []
}

const tenant = (more: object) => ({ tenants: [{ id: 'demo', displayName: 'Demo', ...more }] })
const app = (more: object) => ({
  client_id: 'app',
  token_endpoint_auth_method: 'none',
  redirect_uris: ['https://app.example/callback'],
  ...more,
})

test('the smallest document is a tenant with a name', () => {
  expect(problemsOf(tenant({}))).toEqual([])
  expect(problemsOf({ tenants: [] })).toEqual([])
})

test('an unknown key is refused with its path, at every level', () => {
  expect(
    problemsOf({
      ...tenant({
        colour: 'blue',
        settings: { lifetime: 1 },
        users: [{ userName: 'ada', 'urn:example:x': 1, name: { first: 'Ada' } }],
        groups: [{ displayName: 'g', size: 1 }],
        clients: [app({ redirect_url: 'x' })],
      }),
      version: 1,
    }),
  ).toEqual([
    '$.tenants[0].settings.lifetime: unknown key',
    '$.tenants[0].users[0].name.first: unknown key',
    '$.tenants[0].users[0]["urn:example:x"]: unknown key',
    '$.tenants[0].groups[0].size: unknown key',
    '$.tenants[0].clients[0].redirect_url: unknown key',
    '$.tenants[0].colour: unknown key',
    '$.version: unknown key',
  ])
})

test('a key that reaches for the prototype is an unknown key', () => {
  expect(problemsOf('{"tenants":[],"__proto__":{"polluted":true}}')).toEqual([
    '$.__proto__: unknown key',
  ])
})

test('a bad value is refused with its path and its rule', () => {
  expect(
    problemsOf(
      tenant({
        clients: [app({}), app({ client_id: 'b', redirect_uris: ['https://a.example/#x'] })],
      }),
    ),
  ).toEqual(['$.tenants[0].clients[1].redirect_uris[0]: must not have a fragment'])
})

test('all problems are listed, whatever level they are on', () => {
  expect(
    problemsOf({
      tenants: [
        { id: 'Demo', displayName: '', users: [{ password: 'short' }, { userName: 7 }] },
        { id: 'other' },
        { id: 'other', displayName: 'Other', clients: [app({}), app({ scope: ' ' })] },
      ],
    }),
  ).toEqual([
    '$.tenants[0].id: must be 2 to 40 lower-case letters, digits and single hyphens',
    '$.tenants[0].displayName: must not be empty',
    '$.tenants[0].users[0].userName: is missing',
    expect.stringMatching(
      /^\$\.tenants\[0]\.users\[0]\.password: must have at least 15 characters/,
    ),
    '$.tenants[0].users[1].userName: must be a string',
    '$.tenants[1].displayName: is missing',
    '$.tenants[2].clients[1].scope: must be scope tokens separated by single spaces',
    '$.tenants[2].clients[1].client_id: is the client_id of clients[0] too',
    '$.tenants[2].id: is the id of tenants[1] too',
  ])
})

test('a tenant cannot have a reserved name', () => {
  expect(problemsOf({ tenants: [{ id: 'admin', displayName: 'Admin' }] })).toEqual([
    '$.tenants[0].id: is a reserved name',
  ])
})

test('duplicates inside the document are refused, names without case', () => {
  expect(
    problemsOf(
      tenant({
        users: [{ userName: 'ada@example.com' }, { userName: 'ADA@example.com' }],
        groups: [{ displayName: 'Crew' }, { displayName: 'crew', members: ['ada', 'Ada'] }],
      }),
    ),
  ).toEqual([
    '$.tenants[0].users[1].userName: is the userName of users[0] too',
    '$.tenants[0].groups[1].members[1]: is members[0] too',
    '$.tenants[0].groups[1].displayName: is the displayName of groups[0] too',
  ])
})

test('a weak client_secret is refused where strength counts', () => {
  const weak = tenant({
    clients: [app({ token_endpoint_auth_method: 'client_secret_basic', client_secret: 'secret' })],
  })
  expect(problemsOf(weak)).toEqual([])
  expect(problemsOf(weak, { strictSecrets: true })).toEqual([
    expect.stringMatching(
      /^\$\.tenants\[0]\.clients\[0]\.client_secret: must hold 256 random bits/,
    ),
  ])
})

/** @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.4.2.1 */
test('nist sp 800-63b-4 section 3.1.1.2: a password of 15 code points or more, whatever it is made of', () => {
  const user = (password: string) => tenant({ users: [{ userName: 'ada', password }] })
  expect(problemsOf(user('a'.repeat(15)))).toEqual([])
  expect(problemsOf(user('\u{1f511}'.repeat(14)))).toHaveLength(1)
  expect(problemsOf(user('\u{1f511}'.repeat(256)))).toEqual([])
  expect(problemsOf(user('x'.repeat(257)))).toEqual([
    '$.tenants[0].users[0].password: must have at most 256 characters',
  ])
})

test('text that is not JSON is refused with the place, without repeating any of it', () => {
  expect(problemsOf('{"tenants":[{"client_secret":"hush" oops')).toEqual([
    '$: is not JSON at position 36 (line 1 column 37)',
  ])
  expect(problemsOf('')).toEqual(['$: is not complete JSON'])
  expect(problemsOf('[]')).toEqual(['$: must be an object'])
  expect(problemsOf('null')).toEqual(['$: must be an object'])
})

test('a refusal never repeats a secret', () => {
  const secret = 'hunter2-hunter2'
  const text = problemsOf(
    tenant({
      users: [{ userName: 'ada', password: secret, passwort: secret }],
      clients: [app({ client_secret: secret })],
    }),
  ).join('\n')
  expect(text).not.toContain(secret)
})

test.each(['fapi2', 'fapi1-advanced'])(
  'fapi 2.0 section 5.4.1: a tenant of the profile %s must not sign with RS256, the default',
  (profile) => {
    const refused = [
      `$.tenants[0].settings.signingAlgorithms: must be given without RS256 under the profile ${profile}`,
    ]
    expect(problemsOf(tenant({ settings: { profile } }))).toEqual(refused)
    const mixed = { profile, signingAlgorithms: ['PS256', 'RS256'] }
    expect(problemsOf(tenant({ settings: mixed }))).toEqual(refused)
    expect(problemsOf(tenant({ settings: { profile, signingAlgorithms: ['PS256'] } }))).toEqual([])
    const quantum = { profile, signingAlgorithms: ['PS256', 'ML-DSA-44'] }
    expect(problemsOf(tenant({ settings: quantum }))[0]).toContain('without ML-DSA-44')
  },
)

test('a client that the profile of its tenant could never serve is refused where it is declared', () => {
  const settings = { profile: 'fapi2', signingAlgorithms: ['PS256'] }
  expect(problemsOf(tenant({ settings, clients: [app({})] }))).toEqual([
    '$.tenants[0].clients[0].token_endpoint_auth_method: must be one of private_key_jwt, tls_client_auth, self_signed_tls_client_auth under the profile of the tenant',
  ])
})

test('rfc9068 section 2.1: a resource server that wants a signature for which its tenant has no keys is refused', () => {
  const api = { identifier: 'https://api.example/', name: 'API', access_token_signing_alg: 'ES256' }
  expect(problemsOf(tenant({ resources: [api] }))).toEqual([
    '$.tenants[0].resources[0].access_token_signing_alg: is ES256, which is none of the signingAlgorithms of the tenant',
  ])
  const settings = { signingAlgorithms: ['RS256', 'ES256'] }
  expect(problemsOf(tenant({ settings, resources: [api] }))).toEqual([])
})

test('no document makes reading throw, and a refusal says what is wrong', () => {
  const members = ['settings', 'clients', 'users', 'groups', 'resources', 'trustedIssuers']
  const spoilt = fc
    .dictionary(fc.constantFrom(...members), fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())))
    .map((more) => JSON.stringify(tenant(more)))
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), spoilt), (text) => {
      const reading = parseConfiguration(text, lenient)
      if (reading.kind === 'refused') expect(reading.problems.map(renderProblem)).not.toEqual([])
    }),
    { numRuns: 300 },
  )
})

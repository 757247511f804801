import { beforeAll, expect, test } from 'vitest'
import { type Exchange, recordedKinds, recordingVariable } from '#local/recording.ts'
import { isRecordWhole, recordedLines, whyRecordIsNotWhole } from './recorded.ts'
import { SecretSearch } from './secret-search.ts'
import { secretsOf } from './secrets-of-exchange.ts'

const folder = process.env[recordingVariable] ?? ''

const search = new SecretSearch()
const seen = new Map<string, number>()

/** Lines as they would be if somebody logged the query string. */
const unsafeLines: string[] = []

beforeAll(async () => {
  for await (const line of recordedLines(folder, recordedKinds.exchanges)) {
    const exchange: Exchange = JSON.parse(line)
    if (/[?&](code|interaction|id_token_hint)=[^&]{8}/.test(exchange.url)) {
      unsafeLines.push(JSON.stringify({ method: exchange.method, url: exchange.url }))
    }
    for (const secret of secretsOf(exchange)) {
      seen.set(secret.what, (seen.get(secret.what) ?? 0) + 1)
      search.add(secret)
    }
  }
}, 120_000)

test.for([
  'password',
  'code',
  'code_verifier',
  'access_token',
  'refresh_token',
  'id_token',
  'id_token_hint',
  'interaction',
  'client_secret',
  'client_assertion',
  'assertion',
  'subject_token',
  'actor_token',
  'request',
  'request_uri',
  'response',
  'device_code',
  'user_code',
  'auth_req_id',
  'client_notification_token',
  'registration_access_token',
  'software_statement',
  'dpop',
  'oauth-client-attestation',
  'oauth-client-attestation-pop',
  'body that is a JWT',
  'Authorization header',
  'cookie __Secure-sallyport-session',
  'cookie __Secure-sallyport-browser',
  'query string',
])('the tests that ran before have sent or been given a secret: %s', (what, { skip }) => {
  skip(!isRecordWhole, whyRecordIsNotWhole)
  expect(seen.get(what) ?? 0).toBeGreaterThan(0)
})

test('a log with query strings would be found out, line by line', () => {
  expect(unsafeLines.length).toBeGreaterThan(0)
  expect(unsafeLines.filter((line) => search.findIn(line).length === 0)).toEqual([])
})

/**
 * Tokens and codes are treated like passwords wherever they pass.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-10.3
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-10.4
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.6
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.9.3
 */
test('asvs 16.2.5: no line of any log of the whole run holds a secret that was in it', async () => {
  let lines = 0
  const findings: string[] = []
  for await (const line of recordedLines(folder, recordedKinds.log)) {
    lines += 1
    const found = search.findIn(line)
    if (found.length > 0) findings.push(`${found.join(', ')} in ${line}`)
  }
  expect(lines, 'lines').toBeGreaterThan(100)
  expect(findings.slice(0, 10)).toEqual([])
}, 120_000)

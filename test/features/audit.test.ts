import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, inject, test } from 'vitest'
import { savedQueries } from '#infra/saved-queries.ts'
import { failureKeys } from '#shared/authn/throttle.ts'
import { basic, RelyingParty, tenantUnderTest } from '../support/relying-party.ts'

const origin = inject('origin')

/** Runs `npm run audit`; its output is no terminal, so it answers JSON Lines. */
function audit(...args: readonly string[]) {
  return new Promise<{ code: unknown; output: string; errors: string }>((resolve) => {
    const command = ['tools/audit.ts', '--url', origin, ...args]
    execFile(process.execPath, command, (error, output, errors) =>
      resolve({ code: error?.code ?? 0, output, errors }),
    )
  })
}

type Row = Readonly<Record<string, unknown>>

async function rowsOf(...args: readonly string[]): Promise<readonly Row[]> {
  const { code, output, errors } = await audit(...args)
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

/** Asks until there are so many rows: an event is in the lake a moment after it happened. */
async function eventually(count: number, ...args: readonly string[]): Promise<readonly Row[]> {
  for (let tries = 0; ; tries += 1) {
    const rows = await rowsOf(...args)
    if (rows.length >= count || tries === 20) return rows
    await delay(250)
  }
}

const ofTenant = `tenant = '${tenantUnderTest}'`

test('every failed sign-in is one event, which tells the account that was tried and names nobody', async () => {
  const username = `${randomUUID()}@example.com`
  const rp = new RelyingParty(origin)
  const page = await rp.authorize()
  for (const password of ['one', 'two']) await rp.submitPassword(page, { username, password })
  const actor = `sha256:${failureKeys(username, '').account}`
  const failure = {
    tenant: tenantUnderTest,
    class_uid: 3002,
    activity_id: 1,
    status: 'Failure',
    actor,
    client_id: null,
    src_ip: '127.0.0.1',
    rule: 'authn/password/wrong',
  }
  const columns = Object.keys(failure).join(', ')
  const sql = `select ${columns} from audit_events where actor = ? and activity = 'sign-in-failed'`
  expect(await eventually(2, sql, actor)).toEqual([failure, failure])
})

test('sign-in, token, refresh, replay and sign-out of a person are one event each', async () => {
  const before = new Date().toISOString().slice(0, 19).replace('T', ' ')
  const rp = new RelyingParty(origin)
  const { idToken, refreshToken } = await rp.tokens({ scope: 'openid offline_access' })
  await rp.refresh(refreshToken)
  await rp.refresh(refreshToken)
  await rp.signOut(idToken)
  const seen = ['code-redeemed', 'refresh-replayed', 'sign-in', 'sign-out', 'token-refreshed']
  const sql = `select activity, count(*) as n, count(distinct id) as ids from audit_events
    where ${ofTenant} and activity in (${seen.map((word) => `'${word}'`).join(', ')})
      and time >= timestamp '${before}' group by activity order by activity`
  const rows = await eventually(seen.length, sql)
  expect(rows.map(({ activity }) => activity)).toEqual(seen)
  for (const { n, ids } of rows) expect(n).toBe(ids)
})

test('a machine token is an event of the client, whose OCSF form is there whole', async () => {
  const form = { grant_type: 'client_credentials' }
  const rp = new RelyingParty(origin)
  expect((await rp.token(form, basic('machine', 'machine-secret'))).status).toBe(200)
  const sql = `select actor, client_id, ocsf from audit_events
    where ${ofTenant} and activity = 'token-issued' and client_id = 'machine' limit 1`
  const [row] = await eventually(1, sql)
  expect(row).toMatchObject({ actor: 'machine', client_id: 'machine' })
  expect(JSON.parse(String(row?.['ocsf']))).toMatchObject({
    class_uid: 3003,
    metadata: { tenant_uid: tenantUnderTest, product: { name: 'Sallyport' } },
    user: { uid: 'machine' },
  })
})

test('what the configuration document has made is told, by whom and of what class', async () => {
  const sql = `select activity, class_uid, actor, count(*) as n from audit_events
    where ${ofTenant} and actor in ('operator', 'sallyport') group by 1, 2, 3`
  const words = (await eventually(5, sql)).map(({ activity, class_uid }) => [activity, class_uid])
  expect(words).toEqual(
    expect.arrayContaining([
      ['tenant-changed', 3004],
      ['client-changed', 3004],
      ['user-changed', 3001],
      ['group-changed', 3004],
      ['key-created', 3004],
    ]),
  )
})

test('npm run audit --list: the saved queries, each with what it asks', async () => {
  const expected = savedQueries.map(({ name, description }) => ({ name, description }))
  expect(await rowsOf('--list')).toEqual(expected)
})

test.each(savedQueries)('npm run audit --saved $name answers', async ({ name, sql }) => {
  await rowsOf('--saved', name, ...(sql.includes('?') ? ['nobody'] : []))
})

test.each([
  [['--saved', 'horoscopes'], 2, 'no query is called horoscopes, but consents'],
  [['select nothing'], 1, 'nothing'],
  [['--colour'], 2, 'unknown flag'],
])('npm run audit: %j is refused, and says why', async (args, code, reason) => {
  expect(await audit(...args)).toMatchObject({ code, errors: expect.stringContaining(reason) })
})

test('a value that is asked for is never SQL', async () => {
  const sql = 'select count(*) as n from audit_events where actor = ?'
  expect(await rowsOf(sql, "x' or 'a' = 'a")).toEqual([{ n: 0 }])
})

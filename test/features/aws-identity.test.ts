import { beforeAll, describe, expect, inject, test } from 'vitest'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { type RoleCredentials, roleCredentials, signedByRole } from '../support/aws-role.ts'
import { ExchangeParty, exchangeTenant } from '../support/exchange-party.ts'
import { clientNamed, trustIssuer } from '../support/external-issuer.ts'
import { claimsOf } from '../support/relying-party.ts'

const party = new ExchangeParty()
const roleArn = 'arn:aws:iam::123456789012:role/deployer'
const audience = { 'x-sallyport-audience': party.issuer }
const refused = { status: 401, body: { error: 'invalid_client' } }

let role: RoleCredentials
let other: RoleCredentials

beforeAll(async () => {
  await trustIssuer(inject('aws'), {
    tenant: trusted<TenantId>(exchangeTenant),
    issuer: 'https://sts.amazonaws.com',
    type: 'aws',
    keys: [],
    mappings: [{ match: { sub: roleArn }, client: clientNamed('deployer') }],
  })
  role = await roleCredentials(inject('aws'), roleArn)
  other = await roleCredentials(inject('aws'), 'arn:aws:iam::123456789012:role/deployer2')
})

type Settings = Parameters<typeof signedByRole>[0]

/** What the assertion is made of: `url`, `headers` and `body`. */
async function signed(
  settings: Settings = {},
  headers: Record<string, string> = audience,
  method = 'POST',
) {
  const all = { region: 'eu-central-1', credentials: role, ...settings }
  const { method: _, ...request } = await signedByRole(all, headers, method)
  return request
}

describe('rfc7521 section 4.2: a role of AWS is known by a request that it has signed', () => {
  test('it gets a token as its client, without any secret', async () => {
    const { status, body } = await party.role('deployer', await signed())
    expect({ status, body }).toMatchObject({ status: 200, body: { scope: 'orders:write' } })
    expect(claimsOf(body['access_token'])).toMatchObject({ sub: 'deployer', client_id: 'deployer' })
  })

  test('it authenticates where tokens are asked about, and ended', async () => {
    const { body } = await party.role('deployer', await signed())
    const form = async () => party.roleForm('deployer', await signed())
    const token = String(body['access_token'])
    expect(await party.post('oauth2/introspect', { token, ...(await form()) })).toMatchObject({
      status: 200,
      body: { active: true },
    })
    expect(await party.post('oauth2/revoke', { token, ...(await form()) })).toMatchObject({
      status: 200,
    })
  })

  test('rfc7521 section 8.2: the same request again is refused', async () => {
    const request = await signed()
    expect(await party.role('deployer', request)).toMatchObject({ status: 200 })
    expect(await party.role('deployer', request)).toMatchObject(refused)
  })

  test.each<[string, () => Promise<object>]>([
    ['is for somebody else', () => signed({}, { 'x-sallyport-audience': 'https://else.example' })],
    ['is for nobody', () => signed({}, {})],
    [
      'has not signed for whom it is',
      async () => {
        const request = await signed({}, {})
        return { ...request, headers: { ...request.headers, ...audience } }
      },
    ],
    [
      'has been changed to be for us',
      async () => {
        const request = await signed({}, { 'x-sallyport-audience': 'https://else.example' })
        return { ...request, headers: { ...request.headers, ...audience } }
      },
    ],
    ['is for another host', () => signed({ endpoint: 'https://sts.evil.example' })],
    [
      'was signed for another host',
      async () => ({
        ...(await signed({ endpoint: 'https://sts.evil.example' })),
        url: 'https://sts.eu-central-1.amazonaws.com/',
      }),
    ],
    [
      'was signed for another region',
      async () => {
        const { headers, ...request } = await signed({ region: 'us-east-1' })
        const { host, ...others } = headers
        expect(host).toBe('sts.us-east-1.amazonaws.com')
        return { ...request, headers: others, url: 'https://sts.eu-central-1.amazonaws.com/' }
      },
    ],
    ['is 16 minutes old', () => signed({ systemClockOffset: -16 * 60_000 })],
    ['is from the future', () => signed({ systemClockOffset: 60_000 })],
    ['was signed by another role', () => signed({ credentials: other })],
    ['was signed by a user', () => signed({ credentials: inject('aws').credentials })],
    [
      'was signed by somebody whom AWS does not know',
      () => signed({ credentials: { ...role, accessKeyId: 'ASIAAAAAAAAAAAAAAAAA' } }),
    ],
    [
      'was signed with another secret',
      () => signed({ credentials: { ...role, secretAccessKey: 'guessed' } }),
    ],
    ['was signed as a GET', () => signed({}, audience, 'GET')],
    [
      'has more parameters',
      async () => ({
        ...(await signed()),
        body: 'Action=GetCallerIdentity&Version=2011-06-15&x=y',
      }),
    ],
    ['says more', async () => ({ ...(await signed()), method: 'GET' })],
  ])('it is refused when the request %s', async (_, request) => {
    expect(await party.role('deployer', await request())).toMatchObject(refused)
  })

  test('it is nobody else', async () => {
    for (const client of ['runner', 'gateway', 'nobody']) {
      expect(await party.role(client, await signed())).toMatchObject(refused)
    }
  })
})

import { expect } from 'vitest'
import type { Application } from '#shared/configuration/flows/apply-configuration.ts'
import { renderProblem } from '#shared/configuration/problem.ts'
import { renderReport } from '#shared/configuration/report.ts'
import { type ClientId, type TenantId, trusted } from '#shared/kernel/ids.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import { rotateKeys } from '#shared/keys/flows/rotate-keys.ts'
import { signingKeyTimes } from '#shared/keys/key-times.ts'
import { sealingKinds } from '#shared/keys/sealing-key.ts'
import { type Deployment, test } from './support/deployment.ts'

const harbour = {
  id: 'harbour',
  displayName: 'Harbour Works',
  users: [
    {
      userName: 'ada@example.com',
      password: 'correct horse battery',
      name: { givenName: 'Ada', familyName: 'Lovelace' },
      emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
      emailVerified: true,
    },
    { userName: 'grace@example.com', password: 'staple pier lantern' },
    { userName: 'linus@example.com', active: false },
  ],
  groups: [
    { displayName: 'Crew', members: ['ada@example.com', 'GRACE@example.com'] },
    { displayName: 'Captains', externalId: 'hr-7', members: ['grace@example.com'] },
  ],
  clients: [
    {
      client_id: 'web',
      client_secret: 'a-secret',
      redirect_uris: ['https://app.example/callback'],
      scope: 'openid email',
    },
    {
      client_id: 'service',
      client_secret: 'another-secret',
      grant_types: ['client_credentials'],
    },
  ],
  resources: [
    { identifier: 'https://orders.example/', name: 'Orders', introspection_client: 'service' },
  ],
}
const id = trusted<TenantId>(harbour.id)

const documentOf = (...tenants: readonly object[]) => ({ tenants })
const other = { id: 'other', displayName: 'Other' }

const renderedReport = (application: Application): string =>
  application.kind === 'applied' ? renderReport(application.report) : application.kind

const renderedProblems = (application: Application): readonly string[] =>
  application.kind === 'refused' ? application.problems.map(renderProblem) : []

async function userOf({ ports }: Deployment, userName: string) {
  const user = await ports.users.findIdByUserName(id, userName)
  return user && ports.users.find(id, user)
}

test('everything a document declares is there after applying it', async ({ deployment }) => {
  const { ports } = deployment
  expect(renderedReport(await deployment.apply(documentOf(harbour)))).toBe(
    [
      'tenants: 1 created',
      'signing keys: 1 created',
      `sealing keys: ${sealingKinds.length} created`,
      'users: 3 created',
      'groups: 2 created',
      'memberships: 3 created',
      'clients: 2 created',
      'resource servers: 1 created',
    ].join('\n'),
  )
  expect(await ports.tenants.find(id)).toMatchObject({
    displayName: 'Harbour Works',
    issuer: 'https://id.example/harbour',
    settings: { custody: 'kms', accessTokenLifetime: 300 },
  })
  expect(await userOf(deployment, 'ADA@example.com')).toMatchObject({
    attributes: { name: { givenName: 'Ada' }, active: true },
    emailVerified: true,
  })
  const grace = await userOf(deployment, 'grace@example.com')
  expect(grace && (await ports.groups.namesOf(id, grace.id)).toSorted()).toEqual([
    'Captains',
    'Crew',
  ])
  const client = await ports.clients.find(id, trusted<ClientId>('web'))
  expect(client).toMatchObject({ scopes: ['openid', 'email'] })
})

test('a second application writes nothing at all', async ({ deployment }) => {
  await deployment.apply(documentOf(harbour, other))
  expect(deployment.writes.length).toBeGreaterThan(0)
  deployment.writes.length = 0
  deployment.setTime(epochSeconds(9_000))
  const report = renderedReport(await deployment.apply(documentOf(harbour, other)))
  expect(deployment.writes).toEqual([])
  expect(report).toBe(
    [
      'tenants: 2 unchanged',
      'signing keys: 2 unchanged',
      `sealing keys: ${sealingKinds.length} unchanged`,
      'users: 3 unchanged',
      'groups: 2 unchanged',
      'memberships: 3 unchanged',
      'clients: 2 unchanged',
      'resource servers: 1 unchanged',
    ].join('\n'),
  )
})

test('one change is one write', async ({ deployment }) => {
  await deployment.apply(documentOf(harbour))
  const [ada, ...others] = harbour.users
  const [web, ...services] = harbour.clients
  const [orders] = harbour.resources
  for (const [changed, kind] of [
    [{ displayName: 'Harbour' }, 'tenants'],
    [{ settings: { accessTokenLifetimeSeconds: 600 } }, 'tenants'],
    [{ users: [{ ...ada, nickName: 'Countess' }, ...others] }, 'users'],
    [{ users: [{ ...ada, password: 'another good phrase' }, ...others] }, 'users'],
    [{ groups: [{ displayName: 'Crew', externalId: 'hr-8' }] }, 'groups'],
    [
      { groups: [{ displayName: 'Captains', externalId: 'hr-7', members: ['linus@example.com'] }] },
      'memberships',
    ],
    [{ clients: [{ ...web, client_secret: 'rotated' }, ...services] }, 'clients'],
    [{ resources: [{ ...orders, name: 'Ordering' }] }, 'resource servers'],
  ] as const) {
    await deployment.apply(documentOf(harbour))
    deployment.writes.length = 0
    const report = renderedReport(await deployment.apply(documentOf({ ...harbour, ...changed })))
    expect(deployment.writes, kind).toHaveLength(1)
    expect(report).toMatch(new RegExp(`^${kind}: .*1 (updated|created)`, 'm'))
  }
})

test('what a document leaves out is left alone', async ({ deployment }) => {
  await deployment.apply(documentOf(harbour, other))
  deployment.writes.length = 0
  await deployment.apply(documentOf({ id: 'harbour', displayName: 'Harbour Works' }))
  expect(deployment.writes).toEqual([])
  expect(await userOf(deployment, 'ada@example.com')).toBeDefined()
  const ada = await userOf(deployment, 'ada@example.com')
  expect(ada && (await deployment.ports.passwords.find(id, ada.id))).toBeDefined()
})

test('a new password ends what was signed in with the old one', async ({ deployment }) => {
  await deployment.apply(documentOf(harbour))
  expect(await userOf(deployment, 'ada@example.com')).toMatchObject({ validAfter: 0 })
  deployment.setTime(epochSeconds(5_000))
  const [ada] = harbour.users
  const users = [{ ...ada, nickName: 'Countess', password: 'another good phrase' }]
  await deployment.apply(documentOf({ ...harbour, users }))
  const changed = await userOf(deployment, 'ada@example.com')
  expect(changed).toMatchObject({ validAfter: 5_001, attributes: { nickName: 'Countess' } })
  expect(changed && (await deployment.ports.passwords.find(id, changed.id))?.changedAt).toBe(5_000)
})

/**
 * Whoever reads the table cannot authenticate with what it holds.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6819#section-5.1.4.1.3
 */
test('secrets are stored as hashes only', async ({ deployment }) => {
  await deployment.apply(documentOf(harbour))
  const client = await deployment.ports.clients.find(id, trusted<ClientId>('web'))
  expect(client?.secretHashes).toEqual(['tNh1JDk7Red5PiPxkuaoWhC65vsmeemWp6y4ymC0yI0'])
  expect(JSON.stringify(client)).not.toContain('a-secret')
})

test('the first tenant signs in KMS, further ones with wrapped keys', async ({ deployment }) => {
  const third = { id: 'third', displayName: 'Third', settings: { signingCustody: 'kms-wrapped' } }
  await deployment.apply(documentOf(harbour, other, third))
  const custodyOf = async (tenant: string) => {
    const found = await deployment.ports.tenants.find(trusted<TenantId>(tenant))
    const [key] = await deployment.ports.signingKeys.list(trusted<TenantId>(tenant))
    expect(key?.custody).toBe(found?.settings.custody)
    return key?.custody
  }
  expect(await custodyOf('harbour')).toBe('kms')
  expect(await custodyOf('other')).toBe('kms-wrapped')
  expect(await custodyOf('third')).toBe('kms-wrapped')
})

test('a tenant that asks for the KMS key comes before one that does not say', async ({
  deployment,
}) => {
  const asking = { ...other, settings: { signingCustody: 'kms' } }
  await deployment.apply(documentOf(harbour, asking))
  expect((await deployment.ports.tenants.find(id))?.settings.custody).toBe('kms-wrapped')
})

test('issuers never share a KMS key: whoever else asks for one gets one of its own', async ({
  deployment,
}) => {
  await deployment.apply(documentOf(harbour))
  const asking = { ...other, settings: { signingCustody: 'kms' } }
  const application = await deployment.apply(documentOf(harbour, asking))
  expect(renderedReport(application)).toContain('signing keys: 1 created, 1 unchanged')
  const [first] = await deployment.ports.signingKeys.list(id)
  const [second] = await deployment.ports.signingKeys.list(trusted<TenantId>('other'))
  expect(first).toMatchObject({ custody: 'kms', state: 'active', isDeclared: true })
  expect(second).toMatchObject({ custody: 'kms', state: 'active' })
  expect(second).not.toHaveProperty('isDeclared')
})

test('a tenant that signs already changes its custody by a rotation', async ({ deployment }) => {
  const { ports } = deployment
  const statesOf = async () =>
    (await ports.signingKeys.list(id)).map(({ custody, state }) => `${custody} ${state}`).toSorted()
  const changed = { ...harbour, settings: { signingCustody: 'kms-wrapped' } }
  await deployment.apply(documentOf(harbour))
  const application = await deployment.apply(documentOf(changed))
  expect(renderedReport(application)).toContain('signing keys: 1 updated')
  expect((await ports.tenants.find(id))?.settings.custody).toBe('kms-wrapped')
  expect(await statesOf()).toEqual(['kms active', 'kms-wrapped pending'])
  deployment.writes.length = 0
  await deployment.apply(documentOf(harbour))
  expect(deployment.writes).toEqual([])
  deployment.setTime(epochSeconds(1_000 + signingKeyTimes.pending))
  await rotateKeys(ports)(id, { custody: 'kms-wrapped', signingAlgorithms: ['RS256'] })
  expect(await statesOf()).toEqual(['kms retiring', 'kms-wrapped active'])
  expect(renderedReport(await deployment.apply(documentOf(changed)))).toContain(
    'signing keys: 1 unchanged',
  )
})

test('every contradiction with the store is listed, and nothing is applied', async ({
  deployment,
}) => {
  await deployment.apply(documentOf(harbour))
  deployment.writes.length = 0
  const application = await deployment.apply(
    documentOf(other, {
      ...harbour,
      users: [],
      groups: [{ displayName: 'Crew', members: ['ada@example.com', 'nobody@example.com'] }],
      resources: [{ identifier: 'urn:stock', name: 'Stock', introspection_client: 'nobody' }],
      trustedIssuers: [
        {
          issuer: 'https://ci.example',
          mappings: [
            { match: { sub: 'a' }, client_id: 'service' },
            { match: { sub: 'b' }, client_id: 'nobody' },
            { match: { sub: 'c' }, user_name_claim: 'name', clients: ['web', 'nobody'] },
          ],
        },
      ],
    }),
    'https://elsewhere.example',
  )
  expect(renderedProblems(application)).toEqual([
    '$.tenants[1].id: its issuer is https://id.example/harbour and cannot become https://elsewhere.example/harbour: every client would break',
    '$.tenants[1].groups[0].members[1]: is the userName of no user in the document or the tenant',
    '$.tenants[1].resources[0].introspection_client: is the client_id of no client in the document or the tenant',
    '$.tenants[1].trustedIssuers[0].mappings[1].client_id: is the client_id of no client in the document or the tenant',
    '$.tenants[1].trustedIssuers[0].mappings[2].clients[1]: is the client_id of no client in the document or the tenant',
  ])
  expect(deployment.writes).toEqual([])
})

test('an issuer on a loopback host may move to another port', async ({ deployment }) => {
  await deployment.apply(documentOf(harbour), 'http://localhost:9000')
  await deployment.apply(documentOf(harbour), 'http://localhost:9100')
  expect((await deployment.ports.tenants.find(id))?.issuer).toBe('http://localhost:9100/harbour')
})

test('an application that broke off is completed by the next', async ({ deployment }) => {
  const { ports } = deployment
  const breaking = { ...ports.clients, save: () => Promise.reject(new Error('broken off')) }
  const broken = { ...deployment.ports, clients: breaking }
  await expect(deployment.apply(documentOf(harbour), undefined, broken)).rejects.toThrow('broken')
  expect(renderedReport(await deployment.apply(documentOf(harbour)))).toBe(
    [
      'tenants: 1 unchanged',
      'signing keys: 1 unchanged',
      `sealing keys: ${sealingKinds.length} unchanged`,
      'users: 3 unchanged',
      'groups: 2 unchanged',
      'memberships: 3 unchanged',
      'clients: 2 created',
      'resource servers: 1 created',
    ].join('\n'),
  )
})

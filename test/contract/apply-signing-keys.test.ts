import { expect } from 'vitest'
import type { Application } from '#shared/configuration/flows/apply-configuration.ts'
import { renderProblem } from '#shared/configuration/problem.ts'
import { renderReport } from '#shared/configuration/report.ts'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import { rotateKeys } from '#shared/keys/flows/rotate-keys.ts'
import { signingKeyTimes } from '#shared/keys/key-times.ts'
import { type Deployment, test } from './support/deployment.ts'

const id = trusted<TenantId>('harbour')

const renderedReport = (application: Application): string =>
  application.kind === 'applied' ? renderReport(application.report) : application.kind

const withAlgorithms = (...signingAlgorithms: readonly string[]) => ({
  tenants: [{ id, displayName: 'Harbour Works', settings: { signingAlgorithms } }],
})

const keysOf = async ({ ports }: Deployment) =>
  (await ports.signingKeys.list(id))
    .map(({ algorithm, custody, state }) => `${algorithm} ${custody} ${state}`)
    .toSorted()

test('a new tenant gets a key for each of its algorithms, EdDSA always wrapped', async ({
  deployment,
}) => {
  await deployment.apply(withAlgorithms('ES256', 'PS256', 'EdDSA', 'ML-DSA-44'))
  expect(await keysOf(deployment)).toEqual([
    'ES256 kms active',
    'EdDSA kms-wrapped active',
    'ML-DSA-44 kms active',
    'PS256 kms active',
  ])
  const adopted = (await deployment.ports.signingKeys.list(id)).filter((key) => 'isDeclared' in key)
  expect(adopted.map(({ algorithm }) => algorithm)).toEqual(['PS256'])
  deployment.writes.length = 0
  await deployment.apply(withAlgorithms('ES256', 'PS256', 'EdDSA', 'ML-DSA-44'))
  expect(deployment.writes).toEqual([])
})

test('an algorithm that is listed later gets a key, one that is taken away retires', async ({
  deployment,
}) => {
  await deployment.apply(withAlgorithms('RS256'))
  const report = renderedReport(await deployment.apply(withAlgorithms('RS256', 'EdDSA')))
  expect(report).toContain('signing keys: 1 updated')
  expect(await keysOf(deployment)).toEqual(['EdDSA kms-wrapped pending', 'RS256 kms active'])
  const { settings } = (await deployment.ports.tenants.find(id)) ?? {}
  expect(settings).toMatchObject({ custody: 'kms', signingAlgorithms: ['RS256', 'EdDSA'] })
  const early = await deployment.apply(withAlgorithms('EdDSA'))
  expect(early.kind === 'refused' && early.problems.map(renderProblem)).toEqual([
    '$.tenants[0].settings.signingAlgorithms[0]: has no active key yet: list it behind the present default until it has one',
  ])
  deployment.setTime(epochSeconds(1_000 + signingKeyTimes.pending))
  if (settings) await rotateKeys(deployment.ports)(id, settings)
  await deployment.apply(withAlgorithms('EdDSA'))
  expect(await keysOf(deployment)).toEqual(['EdDSA kms-wrapped active', 'RS256 kms retiring'])
})

test('a tenant that was stored before there was a choice signs with RS256', async ({
  deployment,
}) => {
  await deployment.apply(withAlgorithms('RS256'))
  const { ports } = deployment
  const stored = await ports.tenants.find(id)
  if (stored === undefined) throw new Error('the tenant is not stored')
  const { signingAlgorithms: _, ...settings } = stored.settings
  const event = { id: 'e', time: epochSeconds(1), activity: 'tenant-changed' } as const
  await ports.tenants.save({ ...stored, settings: settings as typeof stored.settings }, event)
  expect((await ports.tenants.find(id))?.settings.signingAlgorithms).toEqual(['RS256'])
})

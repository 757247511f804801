import { expect } from 'vitest'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { type EpochSeconds, epochSeconds, plus } from '#shared/kernel/time.ts'
import { rotateDueKeys } from '#shared/keys/flows/rotate-due-keys.ts'
import { rotateKeys } from '#shared/keys/flows/rotate-keys.ts'
import { rotateSealingKeys } from '#shared/keys/flows/rotate-sealing-keys.ts'
import { hastyPending, keyRingLifetime, signingKeyTimes } from '#shared/keys/key-times.ts'
import type { Custody } from '#shared/tenant/tenant.ts'
import { type Deployment, test } from './support/deployment.ts'
import { concurrently } from './support/subject.ts'

const id = trusted<TenantId>('harbour')
const start = epochSeconds(1_000)

/** A deployment whose tenant signs already. */
async function signing(deployment: Deployment, signingCustody: Custody = 'kms-wrapped') {
  const settings = { signingCustody }
  const tenant = { id: 'harbour', displayName: 'Harbour Works', settings }
  await deployment.apply({ tenants: [tenant] })
  const [key] = await deployment.ports.signingKeys.list(id)
  if (key === undefined) throw new Error('the tenant has no key')
  return key
}

const statesOf = async ({ ports }: Deployment) =>
  (await ports.signingKeys.list(id)).map(({ state }) => state).toSorted()

const isDue = async ({ ports }: Deployment, moment: EpochSeconds) =>
  (await ports.signingKeys.due(moment)).includes(id)

const wish = { custody: 'kms-wrapped', signingAlgorithms: ['RS256'] } as const
const demanding = { ...wish, demanded: wish.signingAlgorithms }

test('a rotation that is demanded takes over when its time has come, and the old key retires', async ({
  deployment,
}) => {
  const { ports, setTime } = deployment
  const old = await signing(deployment)
  await rotateKeys(ports)(id, demanding)
  expect(await statesOf(deployment)).toEqual(['active', 'pending'])
  const takesOver = plus(start, signingKeyTimes.pending)
  expect(await isDue(deployment, epochSeconds(takesOver - 1))).toBe(false)
  expect(await isDue(deployment, takesOver)).toBe(true)
  setTime(takesOver)
  expect(await rotateDueKeys(ports)()).toMatchObject({ tenants: 1 })
  expect(await statesOf(deployment)).toEqual(['active', 'retiring'])
  const retires = plus(takesOver, signingKeyTimes.retiring)
  expect(await isDue(deployment, epochSeconds(retires - 1))).toBe(false)
  setTime(retires)
  await rotateDueKeys(ports)()
  const [left, ...more] = await ports.signingKeys.list(id)
  expect([left?.state, more]).toEqual(['active', []])
  expect(left?.kid).not.toBe(old.kid)
  expect(deployment.discarded.map(({ kid }) => kid)).toEqual([old.kid])
})

test('a rotation in haste takes over before its time, but only when somebody says so again', async ({
  deployment,
}) => {
  const { ports, setTime } = deployment
  await signing(deployment)
  const hasty = { ...demanding, isHasty: true }
  await rotateKeys(ports)(id, hasty)
  setTime(plus(start, hastyPending))
  await rotateDueKeys(ports)()
  await rotateKeys(ports)(id, demanding)
  expect(await statesOf(deployment)).toEqual(['active', 'pending'])
  await rotateKeys(ports)(id, hasty)
  expect(await statesOf(deployment)).toEqual(['active', 'retiring'])
})

test('a compromised key is replaced and retired at once', async ({ deployment }) => {
  const lost = await signing(deployment, 'kms')
  const changes = await rotateKeys(deployment.ports)(id, {
    ...wish,
    custody: 'kms',
    compromised: lost.kid,
  })
  expect(changes.map(({ activity }) => activity)).toEqual([
    'key-created',
    'key-activated',
    'key-replaced',
    'key-retired',
  ])
  const [left, ...more] = await deployment.ports.signingKeys.list(id)
  expect([left?.state, more]).toEqual(['active', []])
  expect(left?.kid).not.toBe(lost.kid)
})

test('a kid that is none of the tenant changes nothing', async ({ deployment }) => {
  await signing(deployment)
  expect(await rotateKeys(deployment.ports)(id, { ...wish, compromised: 'unknown' })).toEqual([])
})

test('of rotations at the same moment one successor is left', async ({ deployment }) => {
  const { ports } = deployment
  await signing(deployment)
  await concurrently(5, () => rotateKeys(ports)(id, demanding))
  await rotateKeys(ports)(id, wish)
  expect(await statesOf(deployment)).toEqual(['active', 'pending'])
  deployment.setTime(plus(start, signingKeyTimes.pending))
  await concurrently(5, () => rotateKeys(ports)(id, wish))
  expect(await statesOf(deployment)).toEqual(['active', 'retiring'])
})

test('a rotation that broke off is taken up by the next', async ({ deployment }) => {
  const { ports } = deployment
  await signing(deployment)
  await rotateKeys(ports)(id, demanding)
  const takesOver = plus(start, signingKeyTimes.pending)
  deployment.setTime(takesOver)
  const move = () => Promise.reject(new Error('broken off'))
  const broken = { ...ports, signingKeys: { ...ports.signingKeys, move } }
  await expect(rotateDueKeys(broken)()).rejects.toThrow('could not be rotated')
  expect(await isDue(deployment, takesOver)).toBe(true)
  await rotateDueKeys(ports)()
  expect(await statesOf(deployment)).toEqual(['active', 'retiring'])
})

test('sealing keys of every kind get a successor on demand, but not twice a minute', async ({
  deployment,
}) => {
  const { ports } = deployment
  await signing(deployment)
  deployment.setTime(plus(start, keyRingLifetime))
  const demand = { isDemanded: true }
  const kinds = (await rotateSealingKeys(ports)(demand)).map(({ kind }) => kind)
  expect(kinds).toEqual(expect.arrayContaining(['code', 'interaction', 'refresh', 'handle']))
  expect(await rotateSealingKeys(ports)(demand)).toEqual([])
  expect(await ports.sealingKeys.list('code')).toHaveLength(2)
})

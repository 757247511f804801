import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { expect, inject, test } from 'vitest'
import { parameterNames } from '#infra/parameters.ts'
import { documentClient } from '#shared/aws/dynamodb.ts'
import { type SigningAlgorithm, signingAlgorithms } from '#shared/jose/algorithms.ts'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { type EpochSeconds, epochSeconds } from '#shared/kernel/time.ts'
import { sealingKeyTimes, signingKeyTimes } from '#shared/keys/key-times.ts'
import type { SealingKey } from '#shared/keys/sealing-key.ts'
import { custodyFor, type KeyState } from '#shared/keys/signing-key.ts'
import { key } from '#shared/store/keys.ts'
import type { Custody } from '#shared/tenant/tenant.ts'
import { findDeployment } from '../../tools/deployment.ts'

const { ports } = await findDeployment(inject('aws'))
const event = () =>
  ({ id: ports.random.id(), time: ports.clock.now(), activity: 'key-created' }) as const

const custodies: readonly Custody[] = ['kms', 'kms-wrapped']

/** Stores a key that has been in its state for so long. */
async function storeKey(tenant: TenantId, line: Line, state: KeyState, age: number) {
  const since = epochSeconds(ports.clock.now() - age)
  const made = await ports.keyMaker.createSigningKey(tenant, line.algorithm, line.custody)
  await ports.signingKeys.create({ ...made, state, createdAt: since, stateSince: since }, event())
  return made.kid
}

interface Line {
  readonly algorithm: SigningAlgorithm
  readonly custody: Custody
}

/** A tenant that nobody signs in to, with settings of its own. */
async function newTenant({ algorithm, custody }: Line): Promise<TenantId> {
  const id = trusted<TenantId>(`rotating-${custody}-${algorithm.toLowerCase()}`)
  const like = await ports.tenants.find(trusted<TenantId>('acme'))
  if (like === undefined) throw new Error('the document has no tenant acme')
  const settings = { ...like.settings, custody, signingAlgorithms: [algorithm] }
  await ports.tenants.save({ ...like, id, settings }, { ...event(), activity: 'tenant-changed' })
  return id
}

async function fireRotation(): Promise<void> {
  const response = await fetch(`${inject('origin')}/_local/api/fire`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rule: 'workers.key-rotation' }),
  })
  expect(await response.json()).toMatchObject({ outcomes: [{ kind: 'answered' }] })
}

const statesOf = async (tenant: TenantId): Promise<Record<string, KeyState>> =>
  Object.fromEntries((await ports.signingKeys.list(tenant)).map(({ kid, state }) => [kid, state]))

const lines: readonly Line[] = signingAlgorithms.flatMap((algorithm) =>
  [...new Set(custodies.map((custody) => custodyFor(algorithm, custody)))].map((custody) => ({
    algorithm,
    custody,
  })),
)

test.each(lines)(
  'architecture, Signing keys: the hourly rotation replaces, activates and retires keys of $algorithm in $custody',
  async (line) => {
    const tenant = await newTenant(line)
    const retiring = await storeKey(tenant, line, 'retiring', signingKeyTimes.retiring)
    const active = await storeKey(tenant, line, 'active', signingKeyTimes.active)
    await ports.signingKeys.appoint(tenant, ports.clock.now())
    await fireRotation()
    const { [active]: stillActive, ...others } = await statesOf(tenant)
    expect(stillActive).toBe('active')
    expect(others).not.toHaveProperty(retiring)
    expect(Object.values(others)).toEqual(['pending'])
    const due = await storeKey(tenant, line, 'pending', -1)
    await ports.signingKeys.move(
      [{ key: await keyNamed(tenant, due), to: 'pending', event: event() }],
      epochSeconds(ports.clock.now() - signingKeyTimes.pending),
    )
    await ports.signingKeys.appoint(tenant, ports.clock.now())
    await fireRotation()
    expect(await statesOf(tenant)).toEqual({ [active]: 'retiring', [due]: 'active' })
  },
)

async function keyNamed(tenant: TenantId, kid: string) {
  const named = (await ports.signingKeys.list(tenant)).find((each) => each.kid === kid)
  if (named === undefined) throw new Error(`there is no key ${kid}`)
  return named
}

/** Makes a stored sealing key look older than it is. */
async function age({ kind, id }: SealingKey, createdAt: EpochSeconds): Promise<void> {
  const ssm = new SSMClient(inject('aws'))
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameterNames.tableName }))
  await documentClient(inject('aws')).send(
    new UpdateCommand({
      TableName: Parameter?.Value,
      Key: key.sealingKey(kind, id),
      UpdateExpression: 'SET createdAt = :createdAt',
      ExpressionAttributeValues: { ':createdAt': createdAt },
    }),
  )
}

test('architecture, Signing keys: the hourly rotation replaces a sealing key whose time is over', async () => {
  const [current, ...others] = await ports.sealingKeys.list('handle')
  if (current === undefined) throw new Error('there is no sealing key')
  await age(current, epochSeconds(ports.clock.now() - sealingKeyTimes.handle.active))
  await fireRotation()
  const [newest, ...older] = (await ports.sealingKeys.list('handle')).map(({ id }) => id)
  expect(newest).not.toBe(current.id)
  expect(older).toEqual([current, ...others].map(({ id }) => id))
})

test('architecture, Signing keys: the hourly rotation retires a sealing key that nothing comes back from', async () => {
  const kind = 'interaction'
  const [current] = await ports.sealingKeys.list(kind)
  const old = await ports.keyMaker.createSealingKey(kind)
  const older = await ports.keyMaker.createSealingKey(kind)
  const day = 24 * 60 * 60
  const aged = (days: number) => epochSeconds(ports.clock.now() - days * day)
  await ports.sealingKeys.create({ ...old, createdAt: aged(3) }, event())
  await ports.sealingKeys.create({ ...older, createdAt: aged(4) }, event())
  await fireRotation()
  const ids = (await ports.sealingKeys.list(kind)).map(({ id }) => id)
  expect(ids).toContain(current?.id)
  expect(ids).toContain(old.id)
  expect(ids).not.toContain(older.id)
})

import { test as base } from 'vitest'
import type { PhcString } from '#shared/authn/password-record.ts'
import {
  type Application,
  applyConfiguration,
} from '#shared/configuration/flows/apply-configuration.ts'
import type { ApplyPorts } from '#shared/configuration/flows/apply-ports.ts'
import { parseConfiguration } from '#shared/configuration/parse-configuration.ts'
import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { type EpochSeconds, epochSeconds } from '#shared/kernel/time.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import { systemRandom } from '#shared/node/random.ts'
import type { DeclaredKey, KeyMaker } from '#shared/ports/key-maker.ts'
import type { PasswordHasher } from '#shared/ports/password-hasher.ts'
import type { Table } from '#shared/store/table.ts'
import { repositoriesOf } from '../../../tools/deployment.ts'
import { missingEngine, startDynamoDb, type TestEngine } from '../../support/dynamodb.ts'

/** An empty deployment: the real engine behind the real repositories, and a watch on its writes. */
export interface Deployment {
  readonly ports: ApplyPorts
  /** Names of the commands that could have written, in order. */
  readonly writes: string[]
  /** The signing keys that KMS was told to forget. */
  readonly discarded: readonly SigningKey[]
  /** Applies a document given as a value; secrets may be weak. */
  apply(document: unknown, origin?: string, ports?: ApplyPorts): Promise<Application>
  setTime(now: EpochSeconds): void
}

/** Stands in for Argon2id, which has its own tests and takes its time. */
const quickHasher: PasswordHasher = {
  hash: async (password) => trusted<PhcString>(`$quick$${sha256Base64url(password.reveal())}`),
  verify: async (phc, password) => phc === `$quick$${sha256Base64url(password.reveal())}`,
}

const pendingKey = (tenant: TenantId, algorithm: SigningAlgorithm, now: EpochSeconds) =>
  ({
    tenant,
    kid: systemRandom.id(),
    algorithm,
    state: 'pending',
    publicKey: 'MA==',
    createdAt: now,
    stateSince: now,
  }) as const

const kmsKeyArn = (name: string) => `arn:aws:kms:eu-central-1:111122223333:key/${name}`

/** Stands in for KMS, which makes as many keys as are asked for. */
const keyMaker = (now: () => EpochSeconds, discarded: SigningKey[]): KeyMaker => ({
  createSealingKey: async (kind) => ({
    kind,
    id: systemRandom.id(),
    wrapped: systemRandom.bytes(48),
    createdAt: now(),
  }),
  createSigningKey: async (tenant, algorithm, custody) =>
    custody === 'kms'
      ? { ...pendingKey(tenant, algorithm, now()), custody, keyArn: kmsKeyArn(systemRandom.id()) }
      : {
          ...pendingKey(tenant, algorithm, now()),
          custody,
          wrappedPrivateKey: systemRandom.bytes(48),
        },
  discard: async (key) => void discarded.push(key),
})

/** The one key that the stack would declare. */
const declaredKey = (now: () => EpochSeconds): DeclaredKey => ({
  adopt: async (tenant, algorithm) => ({
    ...pendingKey(tenant, algorithm, now()),
    custody: 'kms',
    keyArn: kmsKeyArn('declared'),
    isDeclared: true,
  }),
})

/** A table whose every command but a read is noted by name. */
function watchedTable(engine: TestEngine, writes: string[]): Table {
  const client = engine.client()
  client.middlewareStack.add(
    (next, context) => (args) => {
      const name = String(context['commandName'])
      if (!/^(Get|BatchGet|Query)/.test(name)) writes.push(name)
      return next(args)
    },
    { step: 'initialize', name: 'watch-writes' },
  )
  return { client, name: engine.table.name }
}

function portsOf(table: Table, now: () => EpochSeconds, discarded: SigningKey[]): ApplyPorts {
  return {
    ...repositoriesOf(table),
    keyMaker: keyMaker(now, discarded),
    declaredKey: declaredKey(now),
    passwordHasher: quickHasher,
    clock: { now },
    random: systemRandom,
  }
}

async function applyTo(ports: ApplyPorts, document: unknown, origin: string): Promise<Application> {
  const reading = parseConfiguration(JSON.stringify(document), { strictSecrets: false })
  if (reading.kind === 'refused') return reading
  return applyConfiguration(ports, origin)(reading.configuration)
}

function deploymentOn(engine: TestEngine): Deployment {
  const writes: string[] = []
  let now = epochSeconds(1_000)
  const discarded: SigningKey[] = []
  const ports = portsOf(watchedTable(engine, writes), () => now, discarded)
  return {
    ports,
    writes,
    discarded,
    apply: (document, origin = 'https://id.example', through = ports) =>
      applyTo(through, document, origin),
    setTime: (moment) => {
      now = moment
    },
  }
}

/** A test with a deployment of its own. */
export const test = base.extend<{ deployment: Deployment }>({
  deployment: async ({ skip }, use) => {
    skip(missingEngine !== undefined, missingEngine)
    const engine = await startDynamoDb()
    await use(deploymentOn(engine))
    await engine.stop()
  },
})

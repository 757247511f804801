import { type AwsEndpoint, startAwsEndpoint } from '#local/aws-endpoint.ts'
import { readConfigurationFile } from '#local/configuration-file.ts'
import { synthesize } from '#local/synthesis.ts'
import { type LocalSystem, loadSystem } from '#local/template.ts'
import { applyConfiguration } from '#shared/configuration/flows/apply-configuration.ts'
import { argon2idHasher } from '#shared/node/password-hasher.ts'
import { findDeployment } from '../tools/deployment.ts'
import { cheapHash } from './cheap-hash.ts'
import { people } from './credentials.ts'

/** The synthesized system with both tenants in it; its functions are started by whoever measures them. */
export interface BenchSystem {
  readonly system: LocalSystem
  readonly aws: AwsEndpoint
  close(): Promise<void>
}

export const origin = 'https://bench.example'

const configurationFile = new URL('./configuration.json', import.meta.url).pathname

/** Synthesizes, starts AWS for it, and sets up a tenant for each custody. */
export async function startSystem(): Promise<BenchSystem> {
  const { directory, remove } = await synthesize()
  const system = loadSystem(directory, { origin })
  const aws = await startAwsEndpoint({ system })
  await setUp(system, aws)
  const close = async () => {
    await aws.close()
    await remove()
  }
  return { system, aws, close }
}

async function setUp({ region }: LocalSystem, { url, operator }: AwsEndpoint): Promise<void> {
  const { ports, issuerOrigin } = await findDeployment({
    endpoint: url,
    credentials: operator,
    region,
  })
  const passwordHasher = {
    ...argon2idHasher,
    hash: (password: Parameters<typeof argon2idHasher.hash>[0]) =>
      password.reveal() === people.cheap.password
        ? cheapHash(password.reveal())
        : argon2idHasher.hash(password),
  }
  const configuration = await readConfigurationFile(configurationFile, origin)
  const applied = await applyConfiguration(
    { ...ports, passwordHasher },
    issuerOrigin,
  )(configuration)
  if (applied.kind === 'refused') throw new Error('the configuration of the bench is refused')
}

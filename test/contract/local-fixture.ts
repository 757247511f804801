import { fileURLToPath } from 'node:url'
import { type AwsEndpoint, startAwsEndpoint } from '#local/aws-endpoint.ts'
import { type LocalSystem, loadSystem } from '#local/template.ts'

const assembly = fileURLToPath(new URL('../../local/fixtures/assembly', import.meta.url))

export const loadFixture = (): LocalSystem => loadSystem(assembly, { origin: 'http://localhost:1' })

/** The fixture's endpoint, and what SDK clients of its callers are configured with. */
export interface Fixture {
  readonly system: LocalSystem
  readonly endpoint: AwsEndpoint
  readonly table: string
  clientOf(caller: 'operator' | 'reader' | 'writer' | 'stranger'): {
    readonly endpoint: string
    readonly region: string
    readonly maxAttempts: number
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  }
  /** ARN of a key by its logical id. */
  keyArn(logicalId: string): string
}

export async function startFixture(
  more: { dataDirectory?: string; environment?: Record<string, string | undefined> } = {},
): Promise<Fixture> {
  const system = loadFixture()
  const endpoint = await startAwsEndpoint({ system, ...more })
  const accessKeyIdOf = (caller: string): string =>
    system.functions.find(({ name }) => name === caller)?.accessKeyId ?? 'AKIASTRANGER'
  return {
    system,
    endpoint,
    table: system.tables[0]?.name ?? '',
    clientOf: (caller) => ({
      endpoint: endpoint.url,
      region: system.region,
      maxAttempts: 1,
      credentials:
        caller === 'operator'
          ? endpoint.operator
          : { accessKeyId: accessKeyIdOf(caller), secretAccessKey: 'any' },
    }),
    keyArn: (id) => system.kmsKeys.find(({ logicalId }) => logicalId === id)?.arn ?? '',
  }
}

/** What a promise is rejected with, in the two words that matter. */
export const failureOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
  throw new Error('it did not fail')
}

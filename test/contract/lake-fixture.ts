import { fileURLToPath } from 'node:url'
import { type AwsEndpoint, startAwsEndpoint } from '#local/aws-endpoint.ts'
import { type LocalSystem, loadSystem } from '#local/template.ts'

const assembly = fileURLToPath(new URL('../../local/fixtures/lake', import.meta.url))

/** An endpoint with a lake of its own, and what SDK clients of its callers are configured with. */
export interface LakeFixture {
  readonly system: LocalSystem
  readonly endpoint: AwsEndpoint
  clientOf(caller: 'operator' | 'worker'): {
    readonly endpoint: string
    readonly region: string
    readonly maxAttempts: number
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  }
}

export async function startLakeFixture(dataDirectory?: string): Promise<LakeFixture> {
  const system = loadSystem(assembly, { origin: 'http://localhost:1' })
  const endpoint = await startAwsEndpoint({ system, ...(dataDirectory && { dataDirectory }) })
  const worker = { accessKeyId: system.functions[0]?.accessKeyId ?? '', secretAccessKey: 'any' }
  return {
    system,
    endpoint,
    clientOf: (caller) => ({
      endpoint: endpoint.url,
      region: system.region,
      maxAttempts: 1,
      credentials: caller === 'operator' ? endpoint.operator : worker,
    }),
  }
}

/** Asks again until the answer is what is waited for; the last answer in the end. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isGood: (answer: T) => boolean,
): Promise<T> {
  for (let looks = 0; ; looks += 1) {
    const answer = await ask()
    if (isGood(answer) || looks > 200) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

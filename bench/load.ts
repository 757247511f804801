import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { firstRequests } from './first-requests.ts'
import { handlerSettings } from './handlers.ts'
import { median, rounded } from './statistics.ts'
import type { BenchSystem } from './system.ts'

export interface FunctionLoad {
  /** From `import` to a handler, less what an empty handler takes. */
  readonly over_empty_ms: number
  /** What the first request takes after that; connections and keys come with it. */
  readonly first_request_ms: number
  readonly bundle_bytes: number
}

export type LoadResult = Readonly<Record<string, FunctionLoad>>

const timing = z.object({ loadMs: z.number(), firstRequestMs: z.number(), statusCode: z.number() })

type Timing = z.infer<typeof timing>

const emptyHandler = 'export const handler = async () => ({ statusCode: 200 })\n'

async function makeEmptyFunction(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-empty-'))
  await writeFile(join(folder, 'index.mjs'), emptyHandler)
  return folder
}

async function runOnce(
  folder: string,
  event: unknown,
  environment: Readonly<Record<string, string>>,
): Promise<Timing> {
  const script = fileURLToPath(new URL('./load-process.ts', import.meta.url))
  const child = fork(script, {
    env: { ...environment, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  child.send({ folder, event })
  const [message] = await Promise.race([once(child, 'message'), ended])
  await ended
  return timing.parse(message)
}

/** Bytes of all that would be uploaded, before it is zipped. */
async function bundleBytes(folder: string): Promise<number> {
  const files = await readdir(folder)
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** A function, the event it is given, and the status that is right. */
interface Subject {
  readonly functionName: string
  readonly folder: string
  readonly event: unknown
  readonly expected: number
}

/** Every function in a new process, round by round, the empty one among them. */
async function measureRounds(
  requests: readonly Subject[],
  environment: Readonly<Record<string, string>>,
  rounds: number,
): Promise<ReadonlyMap<string, readonly Timing[]>> {
  const timings = new Map<string, Timing[]>()
  for (let round = 0; round < rounds; round += 1) {
    for (const { functionName, folder, event, expected } of requests) {
      const measured = await runOnce(folder, event, environment)
      if (measured.statusCode !== expected) {
        throw new Error(`${functionName} answers ${measured.statusCode} instead of ${expected}`)
      }
      timings.set(functionName, [...(timings.get(functionName) ?? []), measured])
    }
  }
  return timings
}

/** Load time over an empty handler, first request and size of every function that has a URL. */
export async function measureLoad(bench: BenchSystem, rounds: number): Promise<LoadResult> {
  const { folders, environment } = handlerSettings(bench.system, bench.aws)
  const empty = {
    functionName: 'empty',
    folder: await makeEmptyFunction(),
    event: {},
    expected: 200,
  }
  const requests = (await firstRequests(bench)).map((request) => ({
    ...request,
    folder: folders[request.functionName] ?? '',
  }))
  const timings = await measureRounds([empty, ...requests], environment, rounds)
  await rm(empty.folder, { recursive: true })
  const middle = (name: string, part: 'loadMs' | 'firstRequestMs'): number =>
    median((timings.get(name) ?? []).map((each) => each[part]))
  const rows = requests.map(async ({ functionName, folder }) => [
    functionName,
    {
      over_empty_ms: rounded(middle(functionName, 'loadMs') - middle('empty', 'loadMs'), 1),
      first_request_ms: rounded(middle(functionName, 'firstRequestMs'), 1),
      bundle_bytes: await bundleBytes(folder),
    },
  ])
  return Object.fromEntries(await Promise.all(rows))
}

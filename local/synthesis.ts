import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Synthesis {
  /** The cloud assembly: templates and assets. */
  readonly directory: string
  /** Removes the assembly. */
  remove(): Promise<void>
}

const root = fileURLToPath(new URL('..', import.meta.url))

/** What `cdk -c` would say. */
export type Context = Readonly<Record<string, string>>

/**
 * Synthesizes the CDK app into a temporary folder, in a process of its own.
 *
 * @param signal ends the process early
 * @throws Error with what the app wrote when it fails
 */
export async function synthesize(signal?: AbortSignal, context: Context = {}): Promise<Synthesis> {
  const directory = await mkdtemp(join(tmpdir(), 'sallyport-'))
  const remove = () => rm(directory, { recursive: true, force: true })
  try {
    await runApp(directory, context, signal)
    return { directory, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** The schema validation is for the tests: here it would take seconds of every start. */
function runApp(
  directory: string,
  context: Context,
  signal: AbortSignal | undefined,
): Promise<void> {
  const child = spawn(process.execPath, ['infra/app.ts'], {
    cwd: root,
    env: {
      ...process.env,
      CDK_OUTDIR: directory,
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify(context),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(signal && { signal }),
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  return new Promise((resolve, reject) => {
    // Stopped early it first tells of the signal, and is gone only some time after.
    child.on('error', (error) => child.on('close', () => reject(error)))
    child.on('close', (code) => {
      if (code === 0) resolve()
      else if (!signal?.aborted) reject(new Error(`the CDK app failed:\n${complaint.trim()}`))
    })
  })
}

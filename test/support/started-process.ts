import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface StartedProcess {
  readonly child: ChildProcess
  /** Everything that it has written so far. */
  stdout(): string
  /** Waits for a text on stdout. @throws Error when it ends before */
  waitFor(text: string): Promise<void>
  readonly ended: Promise<Ended>
}

/** Runs the command behind `npm start` in a process of its own. */
export const startMain = (args: readonly string[]): StartedProcess =>
  startCommand(process.execPath, ['local/main.ts', ...args])

/** Runs a command in a process of its own. @param environment beyond that of this process */
export function startCommand(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): StartedProcess {
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  const waitFor = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => stdout.includes(text) && resolve()
      child.stdout.on('data', look)
      ended.then(() => reject(new Error(`ended without "${text}": ${stdout}${stderr}`)), reject)
      look()
    })
  return { child, stdout: () => stdout, waitFor, ended }
}

/** The processes below one, as Linux knows them. */
export async function descendantsOf(pid: number): Promise<readonly number[]> {
  const entries = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const parents = await Promise.all(entries.map(async (each) => [each, await parentOf(each)]))
  const below = (parent: number): number[] =>
    parents.flatMap(([each = 0, of]) => (of === parent ? [each, ...below(each)] : []))
  return below(pid)
}

/** After the command's name, which may hold anything, come the state and the parent. */
async function parentOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const parent = /\) \S (\d+) [^)]*$/.exec(status)?.[1]
  return parent === undefined ? undefined : Number(parent)
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

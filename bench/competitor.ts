import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { ContenderSettings, CpuQuestion } from './cpu-messages.ts'
import { handlerSettings } from './handlers.ts'
import { type BenchSystem, origin } from './system.ts'

/** A contender in a process of its own. */
export interface Competitor {
  ask(question: CpuQuestion): Promise<unknown>
  end(): void
}

const reply = z.object({ value: z.unknown().optional(), error: z.string().optional() })

async function start(
  settings: ContenderSettings,
  environment: Readonly<Record<string, string>>,
): Promise<Competitor> {
  const script = fileURLToPath(new URL('./cpu-process.ts', import.meta.url))
  const child: ChildProcess = fork(script, {
    env: { ...environment, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  })
  const ended = once(child, 'exit').then(() => [{ error: 'the measured process has ended' }])
  const competitor: Competitor = {
    async ask(question) {
      child.send(question)
      const [answer] = await Promise.race([once(child, 'message'), ended])
      const { value, error } = reply.parse(answer)
      if (error !== undefined) throw new Error(error)
      return value
    },
    end: () => child.kill(),
  }
  await competitor.ask({ kind: 'become', settings })
  return competitor
}

/** Our functions with a wrapped key. */
export function startOurs({ system, aws }: BenchSystem): Promise<Competitor> {
  const { routes, edgeHeaders, region, accountId } = system
  const { folders, environment } = handlerSettings(system, aws)
  const edge = { routes, edgeHeaders, region, accountId }
  return start({ kind: 'ours', origin, tenant: 'kms-wrapped', edge, folders }, environment)
}

export const startPeer = (): Promise<Competitor> =>
  start({ kind: 'peer' }, { NODE_ENV: 'production' })

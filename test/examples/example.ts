import { inject, onTestFinished } from 'vitest'
import { Browser, type Visit } from '../../tools/smoke/browser.ts'
import { signInAndAllow } from '../support/person.ts'
import { type StartedProcess, startCommand } from '../support/started-process.ts'

export const origin = inject('origin')
export const issuer = `${origin}/demo`

/** The origin of an app that the demo expects at a fixed port. */
export const appAt = (port: number): string =>
  `http://localhost:${inject('portInsteadOf')[String(port)]}`

type Environment = Readonly<Record<string, string>>

/** Runs an example as it is. */
export const run = (file: string, environment: Environment = {}): StartedProcess =>
  startCommand(process.execPath, [`examples/${file}`], { ISSUER: issuer, ...environment })

/** Runs an example as it is; it ends with the test, if not before. */
export function start(file: string, environment: Environment = {}): StartedProcess {
  const started = run(file, environment)
  onTestFinished(() => void started.child.kill())
  return started
}

/** What stands behind a label on a line of the output. */
export async function printed(started: StartedProcess, label: string): Promise<string> {
  await started.waitFor(label)
  const [line = ''] = started.stdout().split(label).slice(1)
  return line.split('\n')[0]?.trim() ?? ''
}

/** The person's part, with a fresh browser unless one is given. */
export const signIn = (url: string, browser = new Browser(origin)): Promise<Visit> =>
  signInAndAllow(browser, new URL(url), 'ada@example.com', 'harbour-lantern-tide')

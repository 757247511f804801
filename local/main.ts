/** The command behind `npm start`. */
import { type LogLine, renderTrouble } from './log.ts'
import { helpText, parseOptions, StartError } from './options.ts'
import { EngineUnavailable } from './services/dynamodb-engine.ts'
import { type LocalCloud, startLocalCloud } from './start.ts'

/** For what the developer can mend. */
const usageExitCode = 2

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** A stopped process is told by the signal; a second one of them does not wait any more. */
function whenStopped(): AbortSignal {
  const stopping = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(1)
      stopping.abort()
    })
  }
  return stopping.signal
}

/** Only what went wrong; all lines are at `/_local/api/logs`. */
function reportTrouble(line: LogLine): void {
  const trouble = renderTrouble(line)
  if (trouble !== undefined) process.stderr.write(`${trouble}\n`)
}

function announce(
  { issuer, developerPage, demoApp, mtlsOrigin }: LocalCloud,
  seconds: string,
): void {
  say(`Sallyport is ready: ${issuer}`)
  say(`  developer page ${developerPage}`)
  if (demoApp !== undefined) say(`  demo app       ${demoApp}`)
  if (mtlsOrigin !== undefined) say(`  certificates   ${mtlsOrigin}`)
  say(`  after ${seconds} s; Ctrl-C stops it`)
}

async function run(args: readonly string[]): Promise<void> {
  const options = parseOptions(args)
  if (options === 'help') return say(helpText.trimEnd())
  const signal = whenStopped()
  const startedAt = performance.now()
  const onProgress = (text: string) => say(`  ${text}`)
  const cloud = await startLocalCloud(options, { onProgress, onLog: reportTrouble, signal })
  announce(cloud, ((performance.now() - startedAt) / 1000).toFixed(1))
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
  await cloud.close()
}

function exitCodeOf(error: unknown): number {
  if (error instanceof Error && error.name === 'AbortError') return 0
  if (error instanceof StartError || error instanceof EngineUnavailable) {
    process.stderr.write(`sallyport: ${error.message}\n`)
    return usageExitCode
  }
  console.error(error)
  return 1
}

process.exit(await run(process.argv.slice(2)).then(() => 0, exitCodeOf))

import { randomUUID } from 'node:crypto'
import { mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { LogLine } from './log.ts'

/** A request and its answer, as the viewer sees them. */
export interface Exchange {
  readonly method: string
  readonly url: string
  readonly requestHeaders: ReadonlyArray<readonly [name: string, value: string]>
  readonly requestBody: string
  readonly status: number
  readonly responseHeaders: ReadonlyArray<readonly [name: string, value: string]>
  readonly responseBody: string
}

/** All that passes through a local cloud, and all that is logged of it, for tests that compare the two. */
export interface Recording {
  readonly line: (line: LogLine) => void
  /** A line of the API's access log. */
  readonly access: (line: string) => void
  readonly exchange: (exchange: Exchange) => void
}

/** The folder to record into; a variable, so that every local cloud below a test run inherits it. */
export const recordingVariable = 'SALLYPORT_RECORD'

/** File names begin with these. */
export const recordedKinds = { log: 'log', exchanges: 'exchanges' } as const

const nowhere: Recording = { line: () => {}, access: () => {}, exchange: () => {} }

/** Writes at once, for whoever is killed writes nothing later. */
function appendTo(folder: string, kind: string): (text: string) => void {
  const file = openSync(join(folder, `${kind}-${process.pid}-${randomUUID()}.jsonl`), 'a')
  return (text) => writeSync(file, `${text}\n`)
}

/** Records into the folder that the environment names, or does nothing. */
export function startRecording(environment: NodeJS.ProcessEnv): Recording {
  const folder = environment[recordingVariable]
  if (folder === undefined || folder === '') return nowhere
  mkdirSync(folder, { recursive: true })
  const log = appendTo(folder, recordedKinds.log)
  const exchanges = appendTo(folder, recordedKinds.exchanges)
  return {
    line: (line) => log(JSON.stringify(line)),
    access: log,
    exchange: (exchange) => exchanges(JSON.stringify(exchange)),
  }
}

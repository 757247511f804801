import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { type LogLine, renderTrouble } from '#local/log.ts'
import { startLocalCloud } from '#local/start.ts'

export interface OperatorAccess {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the local cloud of this run is, such as `http://localhost:41234`. */
    origin: string
    /** The AWS endpoint behind it, as the operator reaches it. */
    aws: OperatorAccess
  }
}

const configurationFile = fileURLToPath(new URL('./configuration.json', import.meta.url))

/** No test makes a function fail on purpose: whoever reads the run's output wants to know. */
function showTrouble(line: LogLine): void {
  const trouble = renderTrouble(line)
  if (trouble !== undefined) console.error(trouble)
}

/** Starts one local cloud for all the tests that speak HTTP; it ends with the whole run. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const cloud = await startLocalCloud(
    { port: 0, https: false, configFile: configurationFile },
    { onLog: showTrouble },
  )
  project.provide('origin', cloud.origin)
  const { url: endpoint, operator: credentials } = cloud.aws
  project.provide('aws', { endpoint, region: 'us-east-1', credentials })
  // Of the whole run, not of this project: another one judges the calls afterwards.
  project.vitest.provide('localApi', `${cloud.origin}/_local/api`)
  return cloud.close
}

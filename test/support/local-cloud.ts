import type { TestProject } from 'vitest/node'
import { type LogLine, renderTrouble } from '#local/log.ts'
import { type LocalCloud, startLocalCloud } from '#local/start.ts'
import { writeTwinDocument } from './twin-tenant.ts'

export interface OperatorAccess {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the local cloud of this run is, such as `http://localhost:41234`. */
    origin: string
    /** Where clients are asked for their certificates. */
    mtlsOrigin: string
    /** The certificate to trust there. */
    mtlsCertificate: string
    /** The tenant that the project's tests are about, where it is not the usual one. */
    tenant?: string
    /** The AWS endpoint behind it, as the operator reaches it. */
    aws: OperatorAccess
  }
}

const configuration = new URL('./configuration.json', import.meta.url)

/** Each project's set-up is a module of its own: by this they find the cloud of the one that came first. */
const sharedName = Symbol.for('sallyport.test.local-cloud')

/** No test makes a function fail on purpose: whoever reads the run's output wants to know. */
function showTrouble(line: LogLine): void {
  const trouble = renderTrouble(line)
  if (trouble !== undefined) console.error(trouble)
}

async function start(): Promise<LocalCloud> {
  const document = await writeTwinDocument(configuration)
  const options = { port: 0, https: false, mtlsPort: 0, configFile: document.file }
  const cloud = await startLocalCloud(options, { onLog: showTrouble })
  await document.remove()
  return cloud
}

function sharedCloud(): Promise<LocalCloud> {
  const started: Promise<LocalCloud> = Reflect.get(globalThis, sharedName) ?? start()
  Reflect.set(globalThis, sharedName, started)
  return started
}

/** Starts one local cloud for all the tests that speak HTTP; it ends with the whole run. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const cloud = await sharedCloud()
  project.provide('origin', cloud.origin)
  project.provide('mtlsOrigin', cloud.mtlsOrigin ?? '')
  project.provide('mtlsCertificate', cloud.certificate ?? '')
  const { url: endpoint, operator: credentials } = cloud.aws
  project.provide('aws', { endpoint, region: 'us-east-1', credentials })
  // Of the whole run, not of this project: another one judges the calls afterwards.
  project.vitest.provide('localApi', `${cloud.origin}/_local/api`)
  return cloud.close
}

import type { Configuration } from '#shared/configuration/document.ts'
import { issuerOf } from '#shared/configuration/issuer.ts'
import { type AwsEndpoint, startAwsEndpoint } from './aws-endpoint.ts'
import { type Cleanup, createCleanup } from './cleanup.ts'
import { createClock, type LocalClock } from './clock.ts'
import { demoConfigurationFile, readConfigurationFile } from './configuration-file.ts'
import { createDeveloperSite, demoTenantOf } from './developer-site.ts'
import { createGateway } from './gateway.ts'
import { type Functions, startFunctions } from './lambda.ts'
import { createLog, type LogLine } from './log.ts'
import { createMetrics } from './metrics.ts'
import { StartError, type StartOptions } from './options.ts'
import { isSitePath } from './pages/site.ts'
import { type Recording, startRecording } from './recording.ts'
import { seed } from './seed.ts'
import { checkIssuer } from './self-check.ts'
import { type Listener, type LocalServer, listen } from './server.ts'
import { synthesize } from './synthesis.ts'
import { type LocalSystem, loadSystem } from './template.ts'
import { type Certificate, makeCertificate } from './tls.ts'
import { startTriggers, type Triggers } from './triggers.ts'

export interface LocalCloud {
  readonly origin: string
  /** The issuer of the document's first tenant. */
  readonly issuer: string
  readonly developerPage: string
  /** Absent when no tenant knows the demo app. */
  readonly demoApp: string | undefined
  readonly aws: AwsEndpoint
  readonly functions: Functions
  /** What time the functions have. */
  readonly clock: LocalClock
  readonly triggers: Triggers
  /** The certificate to trust, in PEM, when it speaks TLS. */
  readonly certificate: string | undefined
  /** Ends everything that was started. */
  close(): Promise<void>
}

export interface Surroundings {
  readonly onProgress?: (text: string) => void
  readonly onLog?: (line: LogLine) => void
  /** Ends the start early. */
  readonly signal?: AbortSignal
}

/**
 * Starts the whole system on this computer: listens, synthesizes, runs the template, sets up the tenants.
 *
 * @param options port 0 takes any free one
 * @throws StartError for what the developer can mend; a taken port or a bad document before the slow part
 */
export async function startLocalCloud(
  options: StartOptions,
  surroundings: Surroundings = {},
): Promise<LocalCloud> {
  const cleanup = createCleanup()
  try {
    return await start(options, surroundings, cleanup)
  } catch (error) {
    await cleanup.run()
    throw error
  }
}

async function start(
  options: StartOptions,
  surroundings: Surroundings,
  cleanup: Cleanup,
): Promise<LocalCloud> {
  const { onProgress = () => {}, signal } = surroundings
  const certificate = options.https ? await makeCertificate(new Date()) : undefined
  const server = await listenOn(options.port, certificate)
  cleanup.add(server.close)
  const { origin } = server
  const configurationFile = options.configFile ?? demoConfigurationFile
  const configuration = await readConfigurationFile(configurationFile, origin)
  onProgress(`listening on ${origin}, for this computer only`)
  onProgress('synthesizing the template')
  const system = await synthesizeSystem(origin, cleanup, signal)
  onProgress(`running its ${system.functions.length} functions and the AWS services they call`)
  const running = await run(system, options, surroundings, cleanup)
  signal?.throwIfAborted()
  onProgress(`setting up the tenants of ${configurationFile}`)
  await seed(configuration, running.aws, system.region)
  server.serve(await createListener({ origin, options, configuration, system, ...running }))
  onProgress('asking the issuer for its discovery document and its keys')
  const issuer = firstIssuer(configuration, origin)
  await checkIssuer(issuer, certificate?.cert)
  signal?.throwIfAborted()
  return {
    origin,
    issuer,
    developerPage: `${origin}/_local`,
    demoApp: demoTenantOf(configuration) && `${origin}/_local/app`,
    ...running,
    certificate: certificate?.cert,
    close: cleanup.run,
  }
}

async function listenOn(port: number, certificate: Certificate | undefined): Promise<LocalServer> {
  try {
    return await listen({ port, certificate, onError: (error) => console.error(error) })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') {
      throw new StartError(`port ${port} is taken; choose another one with --port`)
    }
    if (code === 'EACCES') {
      throw new StartError(`port ${port} may not be used; choose another one with --port`)
    }
    throw error
  }
}

async function synthesizeSystem(
  origin: string,
  cleanup: Cleanup,
  signal: AbortSignal | undefined,
): Promise<LocalSystem> {
  const synthesis = await synthesize(signal)
  cleanup.add(synthesis.remove)
  return loadSystem(synthesis.directory, { origin })
}

async function run(
  system: LocalSystem,
  { dataDirectory }: StartOptions,
  { onLog = () => {} }: Surroundings,
  cleanup: Cleanup,
) {
  const aws = await startAwsEndpoint({ system, ...(dataDirectory && { dataDirectory }) })
  cleanup.add(aws.close)
  const recording = startRecording(process.env)
  const metrics = createMetrics()
  const log = createLog((line) => {
    recording.line(line)
    metrics.accept(line.message)
    onLog(line)
  })
  const clock = createClock()
  const functions = await startFunctions({ ...system, awsEndpoint: aws.url, log, clock })
  cleanup.add(functions.close)
  const triggers = await startTriggers({ system, aws, functions, log })
  cleanup.add(triggers.close)
  return { aws, functions, triggers, clock, log, metrics, recording }
}

/** The developer's own pages stand beside the tenants: no tenant's name begins with `_`. */
async function createListener(
  parts: Parameters<typeof createDeveloperSite>[0] & {
    readonly system: LocalSystem
    readonly recording: Recording
  },
): Promise<Listener> {
  const site = await createDeveloperSite(parts)
  const gateway = createGateway({
    ...parts.system,
    invoke: parts.functions.invoke,
    recording: parts.recording,
  })
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    return isSitePath(path) ? site(request, response) : gateway(request, response)
  }
}

function firstIssuer({ tenants }: Configuration, origin: string): string {
  const [tenant] = tenants
  if (!tenant) throw new Error('a configuration without a tenant was accepted')
  return issuerOf(origin, tenant.id)
}

import type { Configuration } from '#shared/configuration/document.ts'
import { issuerOf } from '#shared/configuration/issuer.ts'
import { type AwsEndpoint, startAwsEndpoint } from './aws-endpoint.ts'
import { type Cleanup, createCleanup } from './cleanup.ts'
import { createClock, type LocalClock } from './clock.ts'
import { demoConfigurationFile, readConfigurationFile } from './configuration-file.ts'
import { createDeveloperSite, demoTenantOf } from './developer-site.ts'
import { createGateway } from './gateway.ts'
import { contextOf, type Hosts, openHosts } from './hosts.ts'
import { type Functions, startFunctions } from './lambda.ts'
import { createLog, type LogLine } from './log.ts'
import { createMetrics } from './metrics.ts'
import type { StartOptions } from './options.ts'
import { isSitePath } from './pages/site.ts'
import { type Recording, startRecording } from './recording.ts'
import { seed } from './seed.ts'
import { checkIssuer } from './self-check.ts'
import { synthesize } from './synthesis.ts'
import { type LocalSystem, loadSystem } from './template.ts'
import { startTriggers, type Triggers } from './triggers.ts'

export interface LocalCloud {
  readonly origin: string
  /** Where clients are asked for their certificates, if anywhere. */
  readonly mtlsOrigin: string | undefined
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
  const hosts = await openHosts(options, cleanup)
  const { origin } = hosts.main
  const configurationFile = options.configFile ?? demoConfigurationFile
  const configuration = await readConfigurationFile(configurationFile, origin)
  onProgress(`listening on ${origin}, for this computer only`)
  onProgress('synthesizing the template')
  const system = await synthesizeSystem(hosts, cleanup, signal)
  onProgress(`running its ${system.functions.length} functions and the AWS services they call`)
  const running = await run(system, options, surroundings, cleanup)
  signal?.throwIfAborted()
  onProgress(`setting up the tenants of ${configurationFile}`)
  await seed(configuration, running.aws, system.region)
  await serve(hosts, { origin, options, configuration, system, ...running })
  onProgress('asking the issuer for its discovery document and its keys')
  const issuer = firstIssuer(configuration, origin)
  await checkIssuer(issuer, hosts.certificate)
  signal?.throwIfAborted()
  return {
    origin,
    mtlsOrigin: hosts.mtls?.origin,
    issuer,
    developerPage: `${origin}/_local`,
    demoApp: demoTenantOf(configuration) && `${origin}/_local/app`,
    ...running,
    certificate: hosts.certificate,
    close: cleanup.run,
  }
}

async function synthesizeSystem(
  hosts: Hosts,
  cleanup: Cleanup,
  signal: AbortSignal | undefined,
): Promise<LocalSystem> {
  const synthesis = await synthesize(signal, contextOf(hosts))
  cleanup.add(synthesis.remove)
  return loadSystem(synthesis.directory, { origin: hosts.main.origin })
}

async function run(
  system: LocalSystem,
  { dataDirectory, liftsRateLimits = false }: StartOptions,
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
  const environment = ownEnvironment(aws, liftsRateLimits)
  const functions = await startFunctions({
    ...system,
    awsEndpoint: aws.url,
    environment,
    log,
    clock,
  })
  cleanup.add(functions.close)
  const triggers = await startTriggers({ system, aws, functions, log })
  cleanup.add(triggers.close)
  return { aws, functions, triggers, clock, log, metrics, recording }
}

/** What no template says: clients and AWS are on this computer too, and suites of tests fail on purpose. */
const ownEnvironment = (
  { url }: AwsEndpoint,
  liftsRateLimits: boolean,
): Record<string, string> => ({
  ALLOW_LOOPBACK_FETCHES: 'true',
  AWS_ENDPOINT_URL_STS: url,
  ...(liftsRateLimits && { LIFT_RATE_LIMITS: 'true' }),
})

/** The developer's own pages stand beside the tenants: no tenant's name begins with `_`. */
async function serve(
  { main, mtls }: Hosts,
  parts: Parameters<typeof createDeveloperSite>[0] & {
    readonly system: LocalSystem
    readonly recording: Recording
  },
): Promise<void> {
  const { system, functions, recording } = parts
  const site = await createDeveloperSite(parts)
  const options = { ...system, invoke: functions.invoke, recording }
  const gateway = createGateway(options)
  main.serve((request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    return isSitePath(path) ? site(request, response) : gateway(request, response)
  })
  const edgeHeaders = system.mtlsEdgeHeaders
  if (edgeHeaders === undefined) return
  mtls?.serve(createGateway({ ...options, edgeHeaders, asksForCertificates: true }))
}

function firstIssuer({ tenants }: Configuration, origin: string): string {
  const [tenant] = tenants
  if (!tenant) throw new Error('a configuration without a tenant was accepted')
  return issuerOf(origin, tenant.id)
}

import { readAssembly } from './assembly.ts'
import {
  type LocalNamedQuery,
  type LocalWorkGroup,
  readNamedQueries,
  readWorkGroups,
} from './template-athena.ts'
import { type LocalKmsKey, type LocalTable, readKmsKeys, readTables } from './template-data.ts'
import { type LocalRoute, readAccessLogFormat, readEdges, readRoutes } from './template-edge.ts'
import {
  type LocalFunction,
  type Principal,
  readFunctions,
  readRoleArns,
} from './template-functions.ts'
import {
  type LocalBucket,
  type LocalColumn,
  type LocalDeliveryStream,
  type LocalGlueTable,
  readBuckets,
  readDeliveryStreams,
  readGlueTables,
} from './template-lake.ts'
import { declaredResources, readParameters } from './template-resources.ts'
import {
  type LocalEventSource,
  type LocalQueue,
  type LocalQueueSource,
  type LocalSchedule,
  readEventSources,
  readQueueSources,
  readQueues,
  readSchedules,
} from './template-triggers.ts'

export type {
  LocalBucket,
  LocalColumn,
  LocalDeliveryStream,
  LocalEventSource,
  LocalFunction,
  LocalGlueTable,
  LocalKmsKey,
  LocalNamedQuery,
  LocalQueue,
  LocalQueueSource,
  LocalRoute,
  LocalSchedule,
  LocalTable,
  LocalWorkGroup,
  Principal,
}

/** What the synthesized templates declare, resolved to what a local cloud can run. */
export interface LocalSystem {
  readonly functions: readonly LocalFunction[]
  readonly routes: readonly LocalRoute[]
  /** What CloudFront adds to a request, such as the origin secret. */
  readonly edgeHeaders: Readonly<Record<string, string>>
  /** The same of the distribution that asks viewers for certificates; `undefined` without one. */
  readonly mtlsEdgeHeaders: Readonly<Record<string, string>> | undefined
  /** How the API writes a line of its access log; `undefined` when it writes none. */
  readonly accessLogFormat: string | undefined
  readonly tables: readonly LocalTable[]
  readonly kmsKeys: readonly LocalKmsKey[]
  readonly eventSources: readonly LocalEventSource[]
  readonly queueSources: readonly LocalQueueSource[]
  readonly schedules: readonly LocalSchedule[]
  readonly queues: readonly LocalQueue[]
  readonly buckets: readonly LocalBucket[]
  readonly deliveryStreams: readonly LocalDeliveryStream[]
  readonly glueTables: readonly LocalGlueTable[]
  readonly workGroups: readonly LocalWorkGroup[]
  readonly namedQueries: readonly LocalNamedQuery[]
  /** SSM parameters. */
  readonly parameters: Readonly<Record<string, string>>
  /** ARN of every role, by its logical id. */
  readonly roleArns: Readonly<Record<string, string>>
  readonly region: string
  readonly accountId: string
}

/** Where the system is reached, which on AWS only the deployment knows. */
export interface Edge {
  /** Scheme, host and port of every issuer. */
  readonly origin: string
}

/**
 * Loads a synthesized cloud assembly: several stacks become one system.
 *
 * Only what is run is resolved; a resource that nothing here uses may be of any type.
 *
 * @throws TemplateError with the place in the template
 */
export function loadSystem(assemblyDirectory: string, edge: Edge): LocalSystem {
  const assembly = readAssembly(assemblyDirectory)
  const overrides = { '/sallyport/issuer-origin': edge.origin }
  const all = declaredResources(assembly, overrides)
  return {
    functions: readFunctions(all, assembly.assets),
    routes: readRoutes(all),
    ...readEdges(all),
    accessLogFormat: readAccessLogFormat(all),
    tables: readTables(all),
    kmsKeys: readKmsKeys(all),
    eventSources: readEventSources(all),
    queueSources: readQueueSources(all),
    schedules: readSchedules(all),
    queues: readQueues(all),
    buckets: readBuckets(all),
    deliveryStreams: readDeliveryStreams(all),
    glueTables: readGlueTables(all),
    workGroups: readWorkGroups(all),
    namedQueries: readNamedQueries(all),
    parameters: readParameters(all, overrides),
    roleArns: readRoleArns(all),
    region: assembly.region,
    accountId: assembly.accountId,
  }
}

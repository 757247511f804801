import type { Region } from '#shared/kernel/ids.ts'
import { trusted } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'

/** What the deployment tells a function; the only reader of the environment. */
export interface Config {
  readonly region: Region
  readonly tableName: string
  readonly wrappingKeyArn: string
  /** Proves that a request came through the distribution; workers have none. */
  readonly originSecret: Secret
  /** Name of the delivery stream to the audit lake; only workers have it. */
  readonly auditDeliveryStream: string
  /** URL of the queue of what clients are still to hear; only workers have it. */
  readonly noticeQueueUrl: string
  /** Scheme and host at which the distribution asks for a client's certificate, where there is one. */
  readonly mtlsOrigin: string | undefined
  /** True on a developer's computer alone: clients that run beside us may be asked for their keys. */
  readonly allowsLoopbackFetches: boolean
  /** Where to ask in place of AWS whose a signature is; on a developer's computer alone. */
  readonly stsEndpoint: string | undefined
  /** True where official suites fail to sign in on purpose, again and again. */
  readonly liftsRateLimits: boolean
}

/**
 * Answers the values of the environment; what a function does not use, it need not have.
 *
 * Whoever uses one reads it while the function starts, not while it serves.
 *
 * @throws Error for a value that is used and missing, naming its variable
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const required = (name: string): string => {
    const value = environment[name]
    if (value === undefined || value === '') throw new Error(`${name} is not set`)
    return value
  }
  const allowsLoopbackFetches = environment['ALLOW_LOOPBACK_FETCHES'] === 'true'
  return {
    get region() {
      return trusted<Region>(required('AWS_REGION'))
    },
    get tableName() {
      return required('TABLE_NAME')
    },
    get wrappingKeyArn() {
      return required('WRAPPING_KEY_ARN')
    },
    get originSecret() {
      return new Secret(required('ORIGIN_SECRET'))
    },
    get auditDeliveryStream() {
      return required('AUDIT_DELIVERY_STREAM')
    },
    get noticeQueueUrl() {
      return required('NOTICE_QUEUE_URL')
    },
    mtlsOrigin: environment['MTLS_ORIGIN'] || undefined,
    allowsLoopbackFetches,
    stsEndpoint: allowsLoopbackFetches ? environment['AWS_ENDPOINT_URL_STS'] : undefined,
    liftsRateLimits: environment['LIFT_RATE_LIMITS'] === 'true',
  }
}

export const config = readConfig(process.env)

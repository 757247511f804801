import type { Region } from '#shared/kernel/ids.ts'
import { trusted } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'

/** What the deployment tells a function; the only reader of the environment. */
export interface Config {
  readonly region: Region
  readonly tableName: string
  readonly wrappingKeyArn: string
  /** Proves that a request came through the distribution. */
  readonly originSecret: Secret
}

/** @throws Error at start-up, naming the variable that is missing */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const required = (name: string): string => {
    const value = environment[name]
    if (value === undefined || value === '') throw new Error(`${name} is not set`)
    return value
  }
  return {
    region: trusted<Region>(required('AWS_REGION')),
    tableName: required('TABLE_NAME'),
    wrappingKeyArn: required('WRAPPING_KEY_ARN'),
    originSecret: new Secret(required('ORIGIN_SECRET')),
  }
}

export const config = readConfig(process.env)

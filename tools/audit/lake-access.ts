import { AthenaClient } from '@aws-sdk/client-athena'
import type { AwsAccess } from '../deployment.ts'
import { localAccess } from '../local-access.ts'
import type { Place } from './options.ts'

const hasCredentials = (environment: NodeJS.ProcessEnv): boolean =>
  ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_WEB_IDENTITY_TOKEN_FILE'].some(
    (name) => environment[name],
  )

/** @throws Error when there is no local cloud at the URL */
const accessAt = (url: string): Promise<AwsAccess> =>
  localAccess(url).catch((cause: unknown) => {
    throw new Error(`no local cloud answers at ${url}: start it with npm start`, { cause })
  })

async function accessTo(place: Place): Promise<AwsAccess> {
  switch (place.kind) {
    case 'local':
      return accessAt(place.url)
    case 'deployed':
      return {}
    case 'either':
      return accessAt(place.url).catch((reason: unknown) => {
        if (hasCredentials(process.env)) return {}
        throw reason
      })
  }
}

/** Makes a client of the Athena that has the lake. */
export async function athenaOf(place: Place): Promise<AthenaClient> {
  return new AthenaClient({ maxAttempts: 3, ...(await accessTo(place)) })
}

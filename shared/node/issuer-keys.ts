import { seconds } from '#shared/kernel/time.ts'
import type { TrustedIssuer } from '#shared/oauth/trust/trusted-issuer.ts'
import { issuerMetadataUrl, jwksUriIn } from '#shared/oauth/trust/trusted-issuer-discovery.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { HttpClient } from '#shared/ports/http-client.ts'
import type { IssuerKeys } from '#shared/ports/issuer-keys.ts'
import { boundedCache } from './bounded-cache.ts'

const bounds = { entries: 500, lifetime: seconds(60 * 60) }

/** An issuer that is down shall not be asked by every request. */
const shortestPause = seconds(30)

/** Finds the keys of trusted issuers by their metadata, which are remembered for an hour. */
export function discoveredIssuerKeys(httpClient: HttpClient, clock: Clock): IssuerKeys {
  const places = boundedCache<string | undefined>(bounds, clock)

  const discover = async (issuer: string): Promise<string | undefined> => {
    const url = issuerMetadataUrl(issuer)
    const answer = await httpClient.fetch({ method: 'GET', url, purpose: 'issuer-metadata' })
    if (answer.kind !== 'answered' || answer.status !== 200) return undefined
    return jwksUriIn(answer.body, issuer)
  }

  const placeOf = async (issuer: string): Promise<string | undefined> => {
    const load = () => discover(issuer)
    return (await places.get(issuer, load)) ?? places.getYounger(issuer, shortestPause, load)
  }

  return {
    async holderOf({ issuer, keys, jwksUri }: TrustedIssuer) {
      if (jwksUri !== undefined) return { keys: [], jwksUri }
      if (keys.length > 0) return { keys }
      const place = await placeOf(issuer)
      return place === undefined ? undefined : { keys: [], jwksUri: place }
    },
  }
}

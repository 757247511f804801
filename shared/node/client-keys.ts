import { type EpochSeconds, isExpired, plus, seconds } from '#shared/kernel/time.ts'
import type { PublicJwk } from '#shared/oauth/client/client.ts'
import { clientKeySetLifetime, parseClientKeySet } from '#shared/oauth/client/client-key-set.ts'
import type { ClientKeys } from '#shared/ports/client-keys.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { HttpClient } from '#shared/ports/http-client.ts'

/** Clients by reference that an instance remembers; the one used longest ago makes room. */
const maximalSets = 500

/** Strangers name unknown keys at will, and a host that is down shall not be asked by every request. */
const shortestPause = seconds(30)

/** How long the last keys hold while nobody answers; a client that withdraws one must answer without it. */
const longestSilence = seconds(24 * 60 * 60)

interface KeySet {
  readonly keys: readonly PublicJwk[]
  readonly readAt: EpochSeconds
  readonly freshUntil: EpochSeconds
}

interface Remembered {
  readonly askedAt: EpochSeconds
  /** True when it was asked because of a key that was not known. */
  readonly isForced: boolean
  readonly answer: Promise<KeySet | undefined>
}

/** Reads the keys of clients from where they publish them, and remembers them for a while. */
export function publishedClientKeys(httpClient: HttpClient, clock: Clock): ClientKeys {
  const sets = new Map<string, Remembered>()

  const remember = (uri: string, entry: Remembered): Promise<KeySet | undefined> => {
    sets.delete(uri)
    sets.set(uri, entry)
    const [oldest] = sets.keys()
    if (sets.size > maximalSets && oldest !== undefined) sets.delete(oldest)
    return entry.answer
  }

  const ask = (
    uri: string,
    last: KeySet | undefined,
    isForced: boolean,
  ): Promise<KeySet | undefined> => {
    const askedAt = clock.now()
    return remember(uri, { askedAt, isForced, answer: readKeySet(httpClient, uri, askedAt, last) })
  }

  const keySetAt = async (uri: string, mayBeOld: boolean): Promise<readonly PublicJwk[]> => {
    const now = clock.now()
    const entry = sets.get(uri)
    if (entry === undefined) return usable(await ask(uri, undefined, !mayBeOld), now)
    const last = await remember(uri, entry)
    const isFresh = mayBeOld && last !== undefined && !isExpired(last.freshUntil, now)
    const wasJustAsked = !isExpired(plus(entry.askedAt, shortestPause), now)
    // A key that is used the moment it is published is asked for once, however new our copy is.
    const mustWait = wasJustAsked && (mayBeOld || entry.isForced)
    if (isFresh || mustWait) return usable(last, now)
    // Whoever waited beside us may have asked meanwhile.
    const current = sets.get(uri)
    const answer = current === entry ? ask(uri, last, !mayBeOld) : current?.answer
    return usable(await answer, now)
  }

  return {
    keysOf: async ({ keys, jwksUri }) => (jwksUri === undefined ? keys : keySetAt(jwksUri, true)),
    freshKeysOf: async ({ keys, jwksUri }) =>
      jwksUri === undefined ? keys : keySetAt(jwksUri, false),
  }
}

const usable = (set: KeySet | undefined, now: EpochSeconds): readonly PublicJwk[] =>
  set === undefined || isExpired(plus(set.readAt, longestSilence), now) ? [] : set.keys

async function readKeySet(
  httpClient: HttpClient,
  url: string,
  now: EpochSeconds,
  last: KeySet | undefined,
): Promise<KeySet | undefined> {
  const headers = { accept: 'application/jwk-set+json, application/json' }
  const answer = await httpClient.fetch({ method: 'GET', url, headers, purpose: 'client-keys' })
  if (answer.kind !== 'answered' || answer.status !== 200) return last
  const keys = parseClientKeySet(answer.body)
  if (keys === undefined) return last
  const freshUntil = plus(now, clientKeySetLifetime(answer.headers['cache-control']))
  return { keys, readAt: now, freshUntil }
}

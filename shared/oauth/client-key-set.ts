import { type Seconds, seconds } from '#shared/kernel/time.ts'
import type { PublicJwk } from './client.ts'
import { type Jwk, problemOfJwk } from './client-key.ts'

const maximalKeys = 50

/**
 * Reads the keys that a client publishes; one that we cannot use is passed over, and spoils no other.
 *
 * Without the library that reads registrations, for clients authenticate where every millisecond counts.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7517#section-5
 * @param text unverified
 * @returns `undefined` for what is no JWK Set at all
 */
export function parseClientKeySet(text: string): readonly PublicJwk[] | undefined {
  const set = parseJson(text)
  if (!isRecord(set) || !Array.isArray(set['keys'])) return undefined
  return set['keys'].slice(0, maximalKeys).filter(isUsableJwk)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isAbsentOrText = (value: unknown): boolean => value === undefined || typeof value === 'string'

const isJwk = (value: unknown): value is PublicJwk & Jwk =>
  isRecord(value) &&
  typeof value['kty'] === 'string' &&
  ['kid', 'alg'].every((member) => isAbsentOrText(value[member])) &&
  [undefined, 'sig', 'enc'].some((use) => use === value['use'])

const isUsableJwk = (value: unknown): value is PublicJwk =>
  isJwk(value) && problemOfJwk(value) === undefined

const defaultLifetime = 10 * 60
const shortestLifetime = 60
const longestLifetime = 60 * 60

/**
 * For how long published keys may be taken as they were read.
 *
 * Within bounds of ours: nobody shall have us ask again and again, nor keep us from asking.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.1
 * @param cacheControl unverified
 */
export function keySetLifetime(cacheControl: string | undefined): Seconds {
  const directives = (cacheControl ?? '').toLowerCase().split(',')
  if (directives.some((each) => /^\s*no-(store|cache)\s*$/.test(each))) {
    return seconds(shortestLifetime)
  }
  const [age] = directives.flatMap((each) => /^\s*max-age="?(\d{1,9})"?\s*$/.exec(each)?.[1] ?? [])
  const wanted = age === undefined ? defaultLifetime : Number(age)
  return seconds(Math.min(Math.max(wanted, shortestLifetime), longestLifetime))
}

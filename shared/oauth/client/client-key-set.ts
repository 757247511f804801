import { isRecord, parseJson } from '#shared/kernel/json.ts'
import type { Seconds } from '#shared/kernel/time.ts'
import { freshnessLifetime } from '../registration/freshness-lifetime.ts'
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

const isAbsentOrText = (value: unknown): boolean => value === undefined || typeof value === 'string'

const isJwk = (value: unknown): value is PublicJwk & Jwk =>
  isRecord(value) &&
  typeof value['kty'] === 'string' &&
  ['kid', 'alg'].every((member) => isAbsentOrText(value[member])) &&
  [undefined, 'sig', 'enc'].some((use) => use === value['use'])

const isUsableJwk = (value: unknown): value is PublicJwk =>
  isJwk(value) && problemOfJwk(value) === undefined

/**
 * For how long published keys may be taken as they were read.
 *
 * @param cacheControl unverified
 */
export const clientKeySetLifetime = (cacheControl: string | undefined): Seconds =>
  freshnessLifetime(cacheControl, { shortest: 60, usual: 10 * 60, longest: 60 * 60 })

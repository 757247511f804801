import { type EpochSeconds, seconds } from '#shared/kernel/time.ts'
import { clockSkew } from '../client/clock-skew.ts'

/** How old a proof may be. */
const maximalAge = seconds(60)

/** A nonce of ours says itself when the proof was made; the client's clock may then be minutes wrong. */
const leewayOfNonce = seconds(5 * 60)

/** Later than any proof can be taken that was taken once. */
export const proofMarkerLifetime = seconds(10 * 60)

/**
 * True for a proof that was made just now.
 *
 * @param iat unverified
 * @param hasNonce true when the proof carries a fresh nonce of ours
 */
export function isJustMade(iat: unknown, hasNonce: boolean, now: EpochSeconds): boolean {
  if (typeof iat !== 'number' || !Number.isFinite(iat)) return false
  const earliest = now - (hasNonce ? leewayOfNonce : maximalAge)
  const latest = now + (hasNonce ? leewayOfNonce : clockSkew)
  return iat >= earliest && iat <= latest
}

const maximalJtiLength = 256

/** True for the identity of a proof. @param jti unverified */
export const isProofId = (jti: unknown): jti is string =>
  typeof jti === 'string' && jti !== '' && jti.length <= maximalJtiLength

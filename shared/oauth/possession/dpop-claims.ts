import { sha256Base64url } from '#shared/kernel/digest.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { invalidDpopProof } from '../errors.ts'
import { isSameHttpTarget } from './http-target.ts'
import { isJustMade, isProofId } from './proof-time.ts'

/** The request that a proof must have been made for. */
export interface ProofTarget {
  readonly method: string
  /** The addresses of the endpoint. */
  readonly urls: readonly string[]
  /** The access token that the request brings; none at the endpoints that issue them. */
  readonly accessToken?: string
}

/**
 * Checks the claims of a DPoP proof whose signature has been verified, and answers its `jti`.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9449#section-4.3
 * @param claims `undefined` when the signature did not verify with the key of the proof
 * @param hasNonce true when the proof carries a fresh nonce of ours
 * @throws ProtocolError `invalid_dpop_proof`
 */
export function verifyDpopClaims(
  claims: Readonly<Record<string, unknown>> | undefined,
  target: ProofTarget,
  hasNonce: boolean,
  now: EpochSeconds,
): string {
  if (claims === undefined) throw refused('signature')
  const { jti, htm, htu, iat, ath } = claims
  if (!isProofId(jti)) throw refused('jti')
  if (htm !== target.method) throw refused('method')
  if (typeof htu !== 'string' || !target.urls.some((url) => isSameHttpTarget(htu, url))) {
    throw refused('target')
  }
  if (!isJustMade(iat, hasNonce, now)) throw refused('time')
  const { accessToken } = target
  if (accessToken !== undefined && ath !== sha256Base64url(accessToken)) throw refused('token-hash')
  return jti
}

const refused = (rule: string) =>
  invalidDpopProof(`oauth/dpop/${rule}`, 'the DPoP proof is not one for this request')

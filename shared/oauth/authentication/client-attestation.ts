import { readUnverifiedJwt } from '#shared/jose/unverified-jwt.ts'
import type { ClientId } from '#shared/kernel/ids.ts'
import { isRecord } from '#shared/kernel/json.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { type EpochSeconds, epochSeconds, isExpired, plus } from '#shared/kernel/time.ts'
import { clientId } from '../client/client-id.ts'
import { clockSkew } from '../client/clock-skew.ts'
import { invalidClient, useFreshAttestation } from '../errors.ts'
import type { DpopProof } from '../possession/dpop-proof.ts'
import { proofAlgorithm, readProofKey } from '../possession/proof-key.ts'
import { isJustMade, isProofId } from '../possession/proof-time.ts'

/** What an attester says of an instance of a client, and the proof of the instance; unverified. */
export interface ClientAttestation {
  readonly jwt: Secret
  /** Signed with the key of the instance, which the attestation names. */
  readonly proof: DpopProof
}

/**
 * Reads the headers of a client that somebody else attests.
 *
 * @spec https://datatracker.ietf.org/doc/html/draft-ietf-oauth-attestation-based-client-auth-10#section-7
 * @param attestation unverified; several headers arrive as one, with commas between them
 * @param proof unverified, `undefined` when there is none: a DPoP proof does not stand in for it
 * @throws ProtocolError `invalid_client`
 */
export function parseClientAttestation(
  attestation: string,
  proof: string | undefined,
): { readonly id: ClientId; readonly attestation: ClientAttestation } {
  const attested = readUnverifiedJwt(attestation)
  const proving = proof === undefined ? undefined : readUnverifiedJwt(proof)
  if (attested?.header['typ'] !== 'oauth-client-attestation+jwt') throw refused('type')
  if (proof === undefined || proving?.header['typ'] !== 'oauth-client-attestation-pop+jwt') {
    throw refused('proof-type')
  }
  const { sub, cnf } = attested.claims
  const id = typeof sub === 'string' ? clientId(sub) : undefined
  if (id === undefined) throw refused('subject')
  const algorithm = proofAlgorithm(proving.header['alg'])
  const key = algorithm && isRecord(cnf) ? readProofKey(algorithm, cnf['jwk']) : undefined
  if (key === undefined) throw refused('key')
  const jwt = new Secret(attestation)
  return { id, attestation: { jwt, proof: { jwt: new Secret(proof), ...key } } }
}

/**
 * Checks an attestation whose signature has been verified with a key of the client's attester.
 *
 * @spec https://datatracker.ietf.org/doc/html/draft-ietf-oauth-attestation-based-client-auth-10#section-7.1
 * @spec https://datatracker.ietf.org/doc/html/draft-ietf-oauth-attestation-based-client-auth-10#section-4 `iat` is optional
 * @param claims `undefined` when the signature did not verify
 * @throws ProtocolError `invalid_client`, or `use_fresh_attestation` for one whose time is over
 */
export function verifyAttestation(
  claims: Readonly<Record<string, unknown>> | undefined,
  now: EpochSeconds,
): void {
  if (claims === undefined) throw refused('signature')
  const { exp, iat = 0, nbf = 0 } = claims
  if (typeof exp !== 'number') throw refused('time')
  for (const beginning of [iat, nbf]) {
    if (typeof beginning !== 'number' || beginning > plus(now, clockSkew)) throw refused('time')
  }
  if (isExpired(epochSeconds(exp), now)) {
    throw useFreshAttestation('oauth/client/attestation-expired', 'the attestation has expired')
  }
}

/**
 * Checks the proof of an instance whose signature has been verified, and answers its `jti`.
 *
 * @spec https://datatracker.ietf.org/doc/html/draft-ietf-oauth-attestation-based-client-auth-10#section-7.2
 * @param claims `undefined` when the signature did not verify with the key of the instance
 * @param hasChallenge true when the proof carries a fresh challenge of ours
 * @throws ProtocolError `invalid_client`
 */
export function verifyAttestationProof(
  claims: Readonly<Record<string, unknown>> | undefined,
  issuer: string,
  hasChallenge: boolean,
  now: EpochSeconds,
): string {
  if (claims === undefined) throw refused('proof-signature')
  if (claims['aud'] !== issuer) throw refused('proof-audience')
  if (!isJustMade(claims['iat'], hasChallenge, now)) throw refused('proof-time')
  const { jti } = claims
  if (!isProofId(jti)) throw refused('proof-jti')
  return jti
}

const refused = (rule: string) =>
  invalidClient(`oauth/client/attestation-${rule}`, 'client authentication failed')

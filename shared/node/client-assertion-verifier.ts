import { compactVerify, createLocalJWKSet, decodeProtectedHeader, errors } from 'jose'
import { jsonObjectOf } from '#shared/jose/json-object.ts'
import { isCompactJws } from '#shared/jose/jws.ts'
import type { PublicJwk } from '#shared/oauth/client/client.ts'
import type { ClientAssertionVerifier } from '#shared/ports/client-assertion-verifier.ts'
import type { ClientKeys } from '#shared/ports/client-keys.ts'

type Claims = Readonly<Record<string, unknown>>

/**
 * Verifies client assertions with `jose`; only the signature, for the rules judge the claims.
 *
 * A key that is not known yet has the client asked for its keys once more, where it publishes them.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7523#section-3
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys
 */
export const clientAssertionVerifier = (clientKeys: ClientKeys): ClientAssertionVerifier => ({
  async verify(assertion, client, algorithms) {
    if (!isCompactJws(assertion)) return undefined
    const keys = await clientKeys.keysOf(client)
    const claims = await verifyWith(keys, assertion, algorithms)
    if (claims !== undefined || !mayHaveNewKey(assertion, keys)) return claims
    const freshKeys = await clientKeys.freshKeysOf(client)
    return freshKeys === keys ? undefined : verifyWith(freshKeys, assertion, algorithms)
  },
})

async function verifyWith(
  keys: readonly PublicJwk[],
  assertion: string,
  algorithms: readonly string[],
): Promise<Claims | undefined> {
  try {
    const ownKeys = createLocalJWKSet({ keys: [...keys] })
    const options = { algorithms: [...algorithms] }
    const { protectedHeader, payload } = await compactVerify(assertion, ownKeys, options)
    // RFC 7797 section 7: the payload of a JWT is always encoded.
    return protectedHeader.b64 === false ? undefined : jsonObjectOf(payload)
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

/** True for a key that is named and unknown, and for one that is not named and might be any. */
function mayHaveNewKey(assertion: string, keys: readonly PublicJwk[]): boolean {
  try {
    const { kid } = decodeProtectedHeader(assertion)
    return kid === undefined || keys.every((key) => key['kid'] !== kid)
  } catch {
    return false
  }
}

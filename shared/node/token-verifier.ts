import type { KeyObject } from 'node:crypto'
import { compactVerify, decodeProtectedHeader } from 'jose'
import { jsonObjectOf } from '#shared/jose/json-object.ts'
import { isCompactJws } from '#shared/jose/jws.ts'
import { publicKeyOf } from '#shared/jose/public-jwk.ts'
import { seconds } from '#shared/kernel/time.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { JwtType } from '#shared/ports/token-signer.ts'
import type { TokenVerifier } from '#shared/ports/token-verifier.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { boundedCache } from './bounded-cache.ts'
import type { KeyRing } from './key-ring.ts'

const publicKeyBounds = { entries: 1000, lifetime: seconds(3600) }

/** The `kid` of a token of exactly this type, signed or not. @param token unverified */
function kidOf(token: string, typ: JwtType): string | undefined {
  try {
    const header = decodeProtectedHeader(token)
    return header.typ === typ ? header.kid : undefined
  } catch {
    return undefined
  }
}

async function findKey(
  ring: KeyRing,
  tenant: Tenant,
  kid: string,
): Promise<SigningKey | undefined> {
  const named = (keys: readonly SigningKey[]) => keys.find((key) => key.kid === kid)
  return named(await ring.keysOf(tenant.id)) ?? named(await ring.freshKeysOf(tenant.id))
}

/**
 * Verifies with the tenant's own keys; the one allowed algorithm is that of the key, never the token's word.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8725#section-3.1
 * @spec https://www.rfc-editor.org/rfc/rfc8725#section-3.11 explicit typing
 */
export function tokenVerifier(ring: KeyRing, clock: Clock): TokenVerifier {
  const publicKeys = boundedCache<KeyObject>(publicKeyBounds, clock)
  return {
    async verify(tenant, typ, token) {
      const kid = isCompactJws(token) ? kidOf(token, typ) : undefined
      const key = kid === undefined ? undefined : await findKey(ring, tenant, kid)
      if (!key) return undefined
      const publicKey = await publicKeys.get(key.publicKey, async () => publicKeyOf(key.publicKey))
      const verified = await compactVerify(token, publicKey, {
        algorithms: [key.algorithm],
      }).catch(() => undefined)
      const claims = verified && jsonObjectOf(verified.payload)
      return claims?.['iss'] === tenant.issuer ? claims : undefined
    },
  }
}

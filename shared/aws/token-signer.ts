import type { KeyObject } from 'node:crypto'
import type { SigningAlgorithm } from '#shared/jose/algorithms.ts'
import { compactJws, signingInput } from '#shared/jose/jws.ts'
import { seconds } from '#shared/kernel/time.ts'
import { signingKeyOf } from '#shared/keys/key-line.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import { type BoundedCache, boundedCache } from '#shared/node/bounded-cache.ts'
import type { KeyRing } from '#shared/node/key-ring.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { TokenSigner } from '#shared/ports/token-signer.ts'
import { signingAlgorithmFor } from '#shared/tenant/signing-algorithm.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { type Kms, unwrap } from './kms.ts'
import { signInKms } from './kms-signature.ts'
import { privateKeyOf, signWith } from './wrapped-signature.ts'

type WrappedKey = Extract<SigningKey, { readonly custody: 'kms-wrapped' }>

/** Decrypted private keys at hand; the rest are decrypted again when they are needed. */
const privateKeyBounds = { entries: 200, lifetime: seconds(3600) }

/** @throws Error for an algorithm that is none of the tenant's, and before its configuration is applied */
async function signingKey(
  ring: KeyRing,
  { id, settings }: Tenant,
  algorithm: SigningAlgorithm,
): Promise<SigningKey> {
  const isListed = settings.signingAlgorithms.includes(algorithm)
  const key = isListed
    ? (signingKeyOf(await ring.keysOf(id), algorithm) ??
      signingKeyOf(await ring.freshKeysOf(id), algorithm))
    : undefined
  if (!key) throw new Error(`tenant ${id} has no signing key for ${algorithm}`)
  return key
}

async function signWrapped(
  kms: Kms,
  privateKeys: BoundedCache<KeyObject>,
  { tenant, kid, algorithm, wrappedPrivateKey }: WrappedKey,
  input: string,
): Promise<Uint8Array> {
  const privateKey = await privateKeys.get(kid, () =>
    unwrap(kms, wrappedPrivateKey, { kind: 'signing', tenant, id: kid }, (unwrapped) =>
      privateKeyOf(algorithm, unwrapped),
    ),
  )
  return signWith(algorithm, privateKey, input)
}

/** Signs with the tenant's newest active key, in KMS or with a key that KMS has unwrapped. */
export function tokenSigner(parts: {
  readonly ring: KeyRing
  readonly kms: Kms
  readonly clock: Clock
}): TokenSigner {
  const privateKeys = boundedCache<KeyObject>(privateKeyBounds, parts.clock)
  return {
    async sign(tenant, { typ, alg = signingAlgorithmFor(tenant) }, claims) {
      const key = await signingKey(parts.ring, tenant, alg)
      const input = signingInput({ alg, kid: key.kid, typ }, claims)
      const signature =
        key.custody === 'kms'
          ? await signInKms(parts.kms, key, input)
          : await signWrapped(parts.kms, privateKeys, key, input)
      return compactJws(input, signature)
    },
  }
}

import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { SignCommand } from '@aws-sdk/client-kms'
import { compactJws, signingInput } from '#shared/jose/jws.ts'
import { seconds } from '#shared/kernel/time.ts'
import { signingKeyOf } from '#shared/keys/rotation.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import { type BoundedCache, boundedCache } from '#shared/node/bounded-cache.ts'
import type { KeyRing } from '#shared/node/key-ring.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { TokenSigner } from '#shared/ports/token-signer.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { asking, given, type Kms, unwrap } from './kms.ts'

type KmsKey = Extract<SigningKey, { readonly custody: 'kms' }>
type WrappedKey = Extract<SigningKey, { readonly custody: 'kms-wrapped' }>

/** Decrypted private keys at hand; the rest are decrypted again when they are needed. */
const privateKeyBounds = { entries: 200, lifetime: seconds(3600) }

/** @throws Error when the configuration was never applied to the tenant */
async function activeKey(ring: KeyRing, { id }: Tenant): Promise<SigningKey> {
  const key = signingKeyOf(await ring.keysOf(id)) ?? signingKeyOf(await ring.freshKeysOf(id))
  if (!key) throw new Error(`tenant ${id} has no active signing key`)
  return key
}

/** KMS gets the digest: the payload stays here, and its size does not matter. */
async function signInKms({ client }: Kms, key: KmsKey, input: string): Promise<Uint8Array> {
  const command = new SignCommand({
    KeyId: key.keyArn,
    Message: createHash('sha256').update(input).digest(),
    MessageType: 'DIGEST',
    SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
  })
  const { Signature: signature } = await asking(client.send(command))
  return given(signature, 'Signature')
}

async function signWrapped(
  kms: Kms,
  privateKeys: BoundedCache<KeyObject>,
  { tenant, kid, wrappedPrivateKey }: WrappedKey,
  input: string,
): Promise<Uint8Array> {
  const privateKey = await privateKeys.get(kid, () =>
    unwrap(kms, wrappedPrivateKey, { kind: 'signing', tenant, id: kid }, (pkcs8) =>
      createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }),
    ),
  )
  return sign('sha256', Buffer.from(input), privateKey)
}

/** Signs with the tenant's newest active key, in KMS or with a key that KMS has unwrapped. */
export function tokenSigner(parts: {
  readonly ring: KeyRing
  readonly kms: Kms
  readonly clock: Clock
}): TokenSigner {
  const privateKeys = boundedCache<KeyObject>(privateKeyBounds, parts.clock)
  return {
    async sign(tenant, typ, claims) {
      const key = await activeKey(parts.ring, tenant)
      const input = signingInput({ alg: key.algorithm, kid: key.kid, typ }, claims)
      const signature =
        key.custody === 'kms'
          ? await signInKms(parts.kms, key, input)
          : await signWrapped(parts.kms, privateKeys, key, input)
      return compactJws(input, signature)
    },
  }
}

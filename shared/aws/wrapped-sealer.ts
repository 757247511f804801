import { createSecretKey, type KeyObject } from 'node:crypto'
import type { TenantId } from '#shared/kernel/ids.ts'
import { seconds } from '#shared/kernel/time.ts'
import { keyRingLifetime } from '#shared/keys/key-times.ts'
import {
  keyIdOf,
  open,
  type SealingContext,
  saltBytes,
  seal,
  sealDeterministically,
} from '#shared/keys/sealing.ts'
import { type SealingKey, type SealingKind, sealingKinds } from '#shared/keys/sealing-key.ts'
import { currentSealingKey } from '#shared/keys/sealing-rotation.ts'
import { boundedCache } from '#shared/node/bounded-cache.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Random } from '#shared/ports/random.ts'
import type { SealingKeys } from '#shared/ports/repositories/sealing-keys.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { type Kms, unwrap } from './kms.ts'

interface Parts {
  readonly sealingKeys: Pick<SealingKeys, 'list'>
  readonly kms: Kms
  readonly clock: Clock
  readonly random: Random
}

const listBounds = { entries: sealingKinds.length, lifetime: keyRingLifetime }
const keyBounds = { entries: 64, lifetime: seconds(3600) }

/** A stranger can name unknown keys at will; so often at most they make us look. */
const shortestRefresh = seconds(5)

const encode = (content: unknown): Buffer => Buffer.from(JSON.stringify(content))

/** The deployment's sealing keys, listed and unwrapped at first use. */
function keyStore({ sealingKeys, kms, clock }: Parts) {
  const lists = boundedCache<readonly SealingKey[]>(listBounds, clock)
  const unwrapped = boundedCache<KeyObject>(keyBounds, clock)
  const load = (kind: SealingKind) => () => sealingKeys.list(kind)

  return {
    async current(kind: SealingKind): Promise<SealingKey> {
      let keys = await lists.get(kind, load(kind))
      if (keys.length === 0) keys = await lists.getYounger(kind, shortestRefresh, load(kind))
      const key = currentSealingKey(keys, clock.now())
      if (!key) throw new Error(`there is no sealing key of kind ${kind}`)
      return key
    },
    async named(kind: SealingKind, id: string): Promise<SealingKey | undefined> {
      const find = (keys: readonly SealingKey[]) => keys.find((key) => key.id === id)
      return (
        find(await lists.get(kind, load(kind))) ??
        find(await lists.getYounger(kind, shortestRefresh, load(kind)))
      )
    },
    unwrap: ({ kind, id, wrapped }: SealingKey): Promise<KeyObject> =>
      unwrapped.get(`${kind} ${id}`, () =>
        unwrap(kms, wrapped, { kind, id }, (bytes) => createSecretKey(bytes)),
      ),
  }
}

/** Seals with data keys that are stored only encrypted by KMS, each for one kind of content. */
export function wrappedSealer(parts: Parts): Sealer {
  const keys = keyStore(parts)
  const sealWith = async (
    kind: SealingKind,
    tenant: TenantId,
    act: (key: KeyObject, context: SealingContext) => string,
  ): Promise<string> => {
    const current = await keys.current(kind)
    return act(await keys.unwrap(current), { kind, tenant, keyId: current.id })
  }
  return {
    seal: (kind, tenant, content) =>
      sealWith(kind, tenant, (key, context) =>
        seal(key, context, encode(content), parts.random.bytes(saltBytes)),
      ),
    sealDeterministically: (kind, tenant, content) =>
      sealWith(kind, tenant, (key, context) =>
        sealDeterministically(key, context, encode(content)),
      ),
    async open(kind, tenant, sealed) {
      const keyId = keyIdOf(sealed)
      const key = keyId === undefined ? undefined : await keys.named(kind, keyId)
      if (!key) return undefined
      const content = open(await keys.unwrap(key), { kind, tenant, keyId: key.id }, sealed)
      return content && JSON.parse(Buffer.from(content).toString())
    },
  }
}

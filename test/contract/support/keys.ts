import { declaredKmsKey, kmsKeyMaker } from '#shared/aws/key-maker.ts'
import { tokenSigner } from '#shared/aws/token-signer.ts'
import { wrappedSealer } from '#shared/aws/wrapped-sealer.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import type { SealingKey } from '#shared/keys/sealing-key.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import { keyRing } from '#shared/node/key-ring.ts'
import { systemRandom } from '#shared/node/random.ts'
import { tokenVerifier } from '#shared/node/token-verifier.ts'
import { startKms } from './kms.ts'
import { now } from './samples.ts'

/** Key adapters over lists that a test fills, under a clock that a test turns. */
export function anyKeyWorld() {
  const kms = startKms()
  let elapsed = 0
  const clock = { now: () => epochSeconds(now + elapsed) }
  const stored = { signing: [] as SigningKey[], sealing: [] as SealingKey[], lists: 0 }
  const counted = <Key>(keys: () => Key[]): Promise<Key[]> => {
    stored.lists += 1
    return Promise.resolve(keys())
  }
  const signingKeys = {
    list: (tenant: string) =>
      counted(() =>
        stored.signing.filter((key) => key.tenant === tenant && key.state !== 'retired'),
      ),
  }
  const sealingKeys = {
    list: (kind: string) =>
      counted(() =>
        stored.sealing
          .filter((key) => key.kind === kind)
          .toSorted((left, right) => right.createdAt - left.createdAt),
      ),
  }
  /** A new instance of the functions, with nothing remembered. */
  const instance = () => {
    const ring = keyRing(signingKeys, clock)
    return {
      signer: tokenSigner({ ring, kms, clock }),
      verifier: tokenVerifier(ring, clock),
      sealer: wrappedSealer({ sealingKeys, kms, clock, random: systemRandom }),
    }
  }
  const parts = { kms, clock, random: systemRandom }
  return {
    kms,
    stored,
    instance,
    keyMaker: kmsKeyMaker(parts),
    declaredKey: declaredKmsKey(parts, kms.signingKeyArn),
    wait: (duration: number) => {
      elapsed += duration
    },
  }
}

import { argon2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { PhcString } from '#shared/authn/password-record.ts'
import { formatPhcString } from '#shared/node/phc-string.ts'

const derive = promisify(argon2)

/** The least that Argon2id can cost: what a flow costs beside the hash shows with it. */
export async function cheapHash(password: string): Promise<PhcString> {
  const cost = { memory: 8, passes: 1, parallelism: 1, salt: randomBytes(16) }
  const tag = await derive('argon2id', {
    message: Buffer.from(password),
    nonce: cost.salt,
    tagLength: 32,
    memory: cost.memory,
    passes: cost.passes,
    parallelism: cost.parallelism,
  })
  return formatPhcString({ ...cost, tag })
}

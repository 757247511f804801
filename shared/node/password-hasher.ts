import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Secret } from '#shared/kernel/secret.ts'
import type { PasswordHasher } from '#shared/ports/password-hasher.ts'
import { type Argon2Cost, type Argon2Hash, formatPhcString, parsePhcString } from './phc-string.ts'

const deriveArgon2 = promisify(argon2)

/** One of OWASP's settings of equal strength: 19 MiB, two passes, one lane. */
const cost: Argon2Cost = { memory: 19_456, passes: 2, parallelism: 1 }

const saltBytes = 16
const tagBytes = 32

/** Stands in for a hash that is not there; no password can be found for its tag. */
const decoy: Argon2Hash = {
  ...cost,
  salt: Buffer.alloc(saltBytes),
  tag: Buffer.alloc(tagBytes),
}

/** A password is one password however the keyboard composes its characters. */
const messageOf = (password: Secret): Buffer => Buffer.from(password.reveal().normalize('NFKC'))

const derive = (password: Secret, { salt, tag, ...costs }: Argon2Hash): Promise<Buffer> =>
  deriveArgon2('argon2id', {
    message: messageOf(password),
    nonce: salt,
    tagLength: tag.length,
    ...costs,
  })

/**
 * Argon2id in the thread pool of Node; the hash carries its own parameters.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9106#section-4
 */
export const argon2idHasher: PasswordHasher = {
  async hash(password) {
    const fresh = { ...decoy, salt: randomBytes(saltBytes) }
    return formatPhcString({ ...fresh, tag: await derive(password, fresh) })
  },
  async verify(phc, password) {
    const stored = phc && parsePhcString(phc)
    const expected = stored || decoy
    const matches = timingSafeEqual(await derive(password, expected), expected.tag)
    return matches && expected !== decoy
  },
}

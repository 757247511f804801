import { randomBytes } from 'node:crypto'
import { encodeBase64url } from '#shared/kernel/base64url.ts'
import type { Random } from '#shared/ports/random.ts'

/** The operating system's strong source. */
export const systemRandom: Random = {
  bytes: (count) => randomBytes(count),
  id: () => encodeBase64url(randomBytes(16)),
  token: () => encodeBase64url(randomBytes(32)),
}

import { expect, test } from 'vitest'
import { decodeBase64url } from '#shared/kernel/base64url.ts'
import { systemRandom } from './random.ts'

test('front-channel logout section 5: identifiers, of sessions among them, have 128 bits and secrets 256, and no two are equal', () => {
  expect(decodeBase64url(systemRandom.id())).toHaveLength(16)
  expect(decodeBase64url(systemRandom.token())).toHaveLength(32)
  expect(systemRandom.bytes(16)).toHaveLength(16)
  expect(new Set(Array.from({ length: 1000 }, systemRandom.id)).size).toBe(1000)
})

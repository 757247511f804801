import { expect, test } from 'vitest'
import type { PublicJwk } from '#shared/oauth/client/client.ts'
import { client, tenant } from '../../../test/support/builders.ts'
import { claimsOf, plainSigner } from '../../../test/support/fake-ports.ts'
import type { ResponseProtection } from '../client/client.ts'
import { type ProtectionPorts, protectResponse } from './protect-response.ts'

const old: PublicJwk = { kty: 'EC', kid: 'old' }
const current: PublicJwk = { kty: 'EC', kid: 'current' }

const headers: object[] = []

/** Encrypts to one key alone, and keeps the headers that were asked for. */
const ports = (fitting: PublicJwk, published: readonly PublicJwk[] = [old]): ProtectionPorts => ({
  signer: {
    sign(at, header, claims) {
      headers.push(header)
      return plainSigner.sign(at, header, claims)
    },
  },
  encrypter: {
    async encrypt(content, keys, header) {
      headers.push(header)
      return keys.includes(fitting) ? `encrypted ${content}` : undefined
    },
  },
  clientKeys: { keysOf: async () => published, freshKeysOf: async () => [current] },
})

function protect(protection: ResponseProtection | undefined, with_ = ports(old)) {
  headers.length = 0
  const response = { typ: 'JWT', claims: { aud: 'web' }, protection } as const
  return protectResponse(with_)(tenant(), client(), response)
}

test('without registered algorithms an answer is signed with the default of the tenant', async () => {
  expect(claimsOf(await protect(undefined))).toEqual({ aud: 'web' })
  expect(headers).toEqual([{ typ: 'JWT', alg: 'RS256' }])
})

test('an answer is signed as the client has registered, where the tenant can', async () => {
  await protect({ signingAlg: 'RS256' })
  expect(headers).toEqual([{ typ: 'JWT', alg: 'RS256' }])
  await protect({ signingAlg: 'ES256' })
  expect(headers).toEqual([{ typ: 'JWT', alg: 'RS256' }])
})

const encryption = { encryptionAlg: 'ECDH-ES', encryptionEnc: 'A256GCM' } as const

test('rfc7519 section 5.2 and 11.2: an encrypted answer is signed first, and says that a JWT is inside', async () => {
  expect(await protect(encryption)).toMatch(/^encrypted JWT\./)
  expect(headers).toEqual([
    { typ: 'JWT', alg: 'RS256' },
    { alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT' },
  ])
})

test('a client that has changed its key is asked for the new one', async () => {
  expect(await protect(encryption, ports(current))).toMatch(/^encrypted /)
})

test('an answer is never sent unencrypted to a client that wants it encrypted', async () => {
  await expect(protect(encryption, ports({ kty: 'EC' }))).rejects.toMatchObject({
    code: 'invalid_request',
    rule: 'oauth/response/encryption-key',
  })
})

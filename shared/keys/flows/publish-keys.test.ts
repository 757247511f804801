import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { now, tenant } from '../../../test/support/builders.ts'
import type { SigningKey } from '../signing-key.ts'
import { publishKeys } from './publish-keys.ts'

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

const facts = {
  tenant: tenant().id,
  algorithm: 'RS256',
  publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  createdAt: now,
  stateSince: now,
} as const

const keys: readonly SigningKey[] = [
  { ...facts, kid: 'next', state: 'pending', custody: 'kms', keyArn: 'arn:aws:kms:secret' },
  {
    ...facts,
    kid: 'now',
    state: 'active',
    custody: 'kms-wrapped',
    wrappedPrivateKey: Buffer.from('private'),
  },
  { ...facts, kid: 'before', state: 'retiring', custody: 'kms', keyArn: 'arn:aws:kms:secret' },
]

const publish = publishKeys({ signingKeys: { list: async () => keys } })

test('oidc core section 10.1.1: keys are published before their first use and until their last token', async () => {
  const { keys: published } = await publish(tenant())
  expect(published.map(({ kid }) => kid)).toEqual(['next', 'now', 'before'])
})

test('rfc7517 section 9.2: nothing but the public key is published', async () => {
  const { keys: published } = await publish(tenant())
  for (const key of published) {
    expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
  }
  expect(JSON.stringify(published)).not.toMatch(/arn:aws|private/)
})

test('rfc7517 section 5: a tenant without keys has an empty set', async () => {
  expect(await publishKeys({ signingKeys: { list: async () => [] } })(tenant())).toEqual({
    keys: [],
  })
})

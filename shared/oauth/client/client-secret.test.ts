import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256Base64url } from '#shared/kernel/digest.ts'
import { trusted } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { client } from '../../../test/support/builders.ts'
import { thrownBy } from '../../../test/support/refusals.ts'
import type { SecretHash } from './client.ts'
import { verifyClientSecret } from './client-secret.ts'

const hashOf = (secret: string) => trusted<SecretHash>(sha256Base64url(secret))
const refused = { code: 'invalid_client', status: 401, rule: 'oauth/client/secret' }

test('rfc6749 section 2.3.1: the secret of the client passes', () => {
  verifyClientSecret(client({ secretHashes: [hashOf('s3cret')] }), new Secret('s3cret'))
})

test('while secrets are being exchanged each of them passes', () => {
  const both = client({ secretHashes: [hashOf('old'), hashOf('new')] })
  verifyClientSecret(both, new Secret('old'))
  verifyClientSecret(both, new Secret('new'))
})

test('rfc6749 section 2.3.1: any other secret is invalid_client', () => {
  const own = client({ secretHashes: [hashOf('s3cret')] })
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom('S3cret', 's3cret ', '')), (text) => {
      fc.pre(text !== 's3cret')
      expect(thrownBy(() => verifyClientSecret(own, new Secret(text)))).toMatchObject(refused)
    }),
  )
})

test('the stored hash is not itself a secret that passes', () => {
  const own = client({ secretHashes: [hashOf('s3cret')] })
  const stolen = new Secret(hashOf('s3cret'))
  expect(thrownBy(() => verifyClientSecret(own, stolen))).toMatchObject(refused)
})

test('a client without a secret has none that passes', () => {
  const none = client({ secretHashes: [] })
  expect(thrownBy(() => verifyClientSecret(none, new Secret('')))).toMatchObject(refused)
})

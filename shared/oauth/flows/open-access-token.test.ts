import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type TenantId, trusted } from '#shared/kernel/ids.ts'
import { versioned } from '#shared/kernel/sealed-content.ts'
import {
  clientId,
  familyId,
  inSeconds,
  now,
  region,
  tenant,
  userId,
} from '../../../test/support/builders.ts'
import { plainSealer, plainSigner, plainVerifier } from '../../../test/support/fake-ports.ts'
import { anyText } from '../../../test/support/refusals.ts'
import { type AccessToken, accessTokenClaims } from '../token/access-token.ts'
import { opaqueTokenContent } from '../token/opaque-token.ts'
import { openAccessToken } from './open-access-token.ts'

const sealer = plainSealer()
const at = tenant()
const open = (text: string) =>
  openAccessToken({ accessTokens: plainVerifier, sealer, region })(at, text)

const line = { user: userId, family: familyId }
const token: AccessToken = {
  subject: userId,
  audience: at.issuer,
  client: clientId,
  scopes: ['openid'],
  jti: 'eu-central-1.1',
  issuedAt: now,
  expiresAt: inSeconds(300),
  line,
}

const sealedLine = (kind: 'handle' | 'refresh' = 'handle') =>
  sealer.sealDeterministically(kind, at.id, versioned(line))

const jwt = async (handle: string | undefined, typ: 'JWT' | 'at+jwt' = 'at+jwt') =>
  plainSigner.sign(at, { typ }, accessTokenClaims(at.issuer, token, handle))

const opaque = async (kind: 'access' | 'handle' = 'access', of = at.id) =>
  `${region}.${await sealer.seal(kind, of, opaqueTokenContent(token))}`

test('a token of either format is read as the same', async () => {
  expect(await open(await jwt(await sealedLine()))).toMatchObject(token)
  expect(await open(await opaque())).toMatchObject(token)
})

test('a JWT without a handle speaks for nobody but its client', async () => {
  expect(await open(await jwt(undefined))).not.toHaveProperty('line')
})

test('a JWT whose handle is none is no token of ours', async () => {
  expect(await open(await jwt('x'))).toBeUndefined()
  expect(await open(await jwt(await sealedLine('refresh')))).toBeUndefined()
})

test('rfc9068 section 4: a JWT of another type is no access token', async () => {
  expect(await open(await jwt(await sealedLine(), 'JWT'))).toBeUndefined()
})

test('what is sealed for something else, or for another tenant, is no access token', async () => {
  expect(await open(await opaque('handle'))).toBeUndefined()
  expect(await open(await opaque('access', trusted<TenantId>('other')))).toBeUndefined()
})

test('no text at all makes opening throw', async () => {
  const texts = fc.oneof(
    anyText,
    anyText.map((text) => `${region}.${text}`),
  )
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      expect(await open(text)).toBeUndefined()
    }),
  )
})

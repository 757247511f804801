import { createRemoteJWKSet, jwtVerify } from 'jose'
import { expect, inject, test } from 'vitest'
import { basic, RelyingParty } from '../support/relying-party.ts'

const origin = inject('origin')
const party = new RelyingParty(origin, 'acme')
const { issuer } = party

/** As the library's documentation has it: the set that discovery names, and nothing else. */
async function remoteKeys() {
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`)
  const { jwks_uri: uri } = Object(await discovery.json())
  return createRemoteJWKSet(new URL(String(uri)))
}

test('jose: a remote key set verifies access tokens and ID tokens, and tells them apart', async () => {
  const keys = await remoteKeys()
  const { accessToken, idToken } = await party.tokens({ scope: 'openid profile' })
  const access = { issuer, audience: issuer, typ: 'at+jwt', requiredClaims: ['jti', 'client_id'] }
  const { payload, protectedHeader } = await jwtVerify(accessToken, keys, access)
  expect(payload).toMatchObject({ client_id: 'web', scope: 'openid profile' })
  expect(protectedHeader.kid).toBeTruthy()
  const identity = await jwtVerify(idToken, keys, { issuer, audience: 'web', maxTokenAge: 60 })
  expect(identity.payload.sub).toBe(payload.sub)

  await expect(jwtVerify(idToken, keys, access)).rejects.toMatchObject({
    code: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
  })
  await expect(jwtVerify(accessToken, keys, { issuer, audience: 'web' })).rejects.toMatchObject({
    claim: 'aud',
  })
})

test('jose: tokens of other tenants and forged ones are refused', async () => {
  const keys = await remoteKeys()
  const elsewhere = new RelyingParty(origin, 'globex')
  const secret = basic('machine', 'globex-machine-secret')
  const { body } = await elsewhere.token({ grant_type: 'client_credentials' }, secret)
  const foreign = jwtVerify(String(body['access_token']), keys, { issuer })
  await expect(foreign).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })

  const [head, claims, signature] = (await party.tokens()).accessToken.split('.')
  const spoilt = `${head}.${claims}.${signature?.split('').toReversed().join('')}`
  await expect(jwtVerify(spoilt, keys, { issuer })).rejects.toMatchObject({
    code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  })
})

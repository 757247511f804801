import { expect, test } from 'vitest'
import { decrypted, ResponseParty } from '../support/response-party.ts'

async function asked(client: string, headers: Record<string, string> = {}) {
  const rp = new ResponseParty(client)
  const { code = '' } = await rp.inQuery({ scope: 'openid email' })
  const { body } = await rp.redeemed(code)
  const response = await fetch(`${rp.issuer}/oauth2/userinfo`, {
    headers: { authorization: `Bearer ${body['access_token']}`, ...headers },
  })
  return {
    rp,
    idToken: String(body['id_token']),
    status: response.status,
    type: response.headers.get('content-type'),
    cache: response.headers.get('cache-control'),
    text: await response.text(),
  }
}

test('oidc core section 5.3.2: a signed answer is application/jwt with iss and aud', async () => {
  const { rp, status, type, cache, text, idToken } = await asked('signed')
  expect({ status, type, cache }).toEqual({
    status: 200,
    type: 'application/jwt',
    cache: 'no-store',
  })
  const { sub } = await rp.verified(idToken)
  expect(await rp.verified(text)).toMatchObject({
    iss: rp.issuer,
    aud: 'signed',
    sub,
    email: 'ada@example.com',
    alg: 'EdDSA',
  })
})

test('oidc core section 5.3.2: what the client has registered counts, whatever Accept says', async () => {
  const signed = await asked('signed', { accept: 'application/json' })
  expect(signed.type).toBe('application/jwt')
  const plain = await asked('web', { accept: 'application/jwt' })
  expect(plain.type).toBe('application/json')
})

test('oidc core section 5.3.2: an encrypted answer holds the claims', async () => {
  const { status, type, text } = await asked('encrypted')
  expect({ status, type }).toEqual({ status: 200, type: 'application/jwt' })
  const { text: claims, header } = await decrypted(text)
  expect(header).toMatchObject({ alg: 'ECDH-ES', enc: 'A128CBC-HS256' })
  expect(JSON.parse(claims)).toMatchObject({ email: 'ada@example.com' })
})

test('oidc core section 5.3.2 and 16.14 and oidc core section 10: with both it is signed first, then encrypted', async () => {
  const { rp, text } = await asked('nested')
  const { text: jwt, header } = await decrypted(text)
  expect(header).toMatchObject({ enc: 'A128GCM', cty: 'JWT' })
  expect(await rp.verified(jwt)).toMatchObject({ email: 'ada@example.com', alg: 'RS256' })
})

test('oidc registration section 2: the ID token is signed as its client has registered', async () => {
  const { rp, idToken } = await asked('signed')
  expect(await rp.verified(idToken)).toMatchObject({ alg: 'ES256' })
})

test('oidc core section 10.2: an encrypted ID token is signed first', async () => {
  const { rp, idToken } = await asked('encrypted')
  const { text, header } = await decrypted(idToken)
  expect(header).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JWT' })
  expect(await rp.verified(text)).toMatchObject({ aud: 'encrypted', alg: 'RS256' })
})

test('rfc8725 section 3.12: signed claims are no id_token_hint', async () => {
  const { rp, text } = await asked('signed')
  expect(await rp.inQuery({ id_token_hint: text })).toMatchObject({ error: 'invalid_request' })
})

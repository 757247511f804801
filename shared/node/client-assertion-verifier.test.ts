import { createHmac, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto'
import fc from 'fast-check'
import { SignJWT } from 'jose'
import { describe, expect, test, vi } from 'vitest'
import { signingAlgorithms } from '#shared/jose/algorithms.ts'
import type { PublicJwk } from '#shared/oauth/client/client.ts'
import { client } from '../../test/support/builders.ts'
import { clientAssertionVerifier } from './client-assertion-verifier.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pairs = {
  RS256: rsa,
  PS256: rsa,
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
  'ML-DSA-44': generateKeyPairSync('ml-dsa-44'),
}
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })

const publicJwk = (
  { publicKey }: Pick<typeof rsa, 'publicKey'>,
  more: JsonWebKey = {},
): PublicJwk => {
  const { kty = '', ...rest } = publicKey.export({ format: 'jwk' })
  return { ...rest, ...more, kty }
}

const claims = { iss: 'jwt', sub: 'jwt', exp: 1, nbf: 4_000_000_000 }

const signed = (alg: keyof typeof pairs, header: Record<string, unknown> = {}) =>
  new SignJWT(claims).setProtectedHeader({ ...header, alg }).sign(pairs[alg].privateKey)

const registered = clientAssertionVerifier({
  keysOf: async ({ keys }) => keys,
  freshKeysOf: async ({ keys }) => keys,
})

const verify = (assertion: string, keys: readonly PublicJwk[]) =>
  registered.verify(assertion, client({ keys }), signingAlgorithms)

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test.each(['RS256', 'PS256', 'ES256', 'EdDSA', 'ML-DSA-44'] as const)(
  'rfc7523 section 3: %s verifies with the own key, and the claims are told as they are',
  async (alg) => {
    expect(await verify(await signed(alg), [publicJwk(pairs[alg])])).toEqual(claims)
  },
)

test('claims that have expired or are not yet true are left to the rules, which have the clock', async () => {
  expect(await verify(await signed('RS256'), [publicJwk(rsa)])).toMatchObject({ exp: 1 })
})

test('rfc7517 section 4.5: of several keys the kid names one', async () => {
  const keys = [publicJwk(other, { kid: 'a' }), publicJwk(rsa, { kid: 'b' })]
  expect(await verify(await signed('RS256', { kid: 'b' }), keys)).toEqual(claims)
  expect(await verify(await signed('RS256', { kid: 'a' }), keys)).toBeUndefined()
  expect(await verify(await signed('RS256', { kid: 'c' }), keys)).toBeUndefined()
})

test('fapi 2.0 section 5.4.3 and fapi1 advanced section 8.11: of keys with one kid the one that fits is taken', async () => {
  const keys = [publicJwk(pairs.ES256, { kid: 'a' }), publicJwk(rsa, { kid: 'a' })]
  for (const alg of ['ES256', 'PS256'] as const) {
    expect(await verify(await signed(alg, { kid: 'a' }), keys)).toEqual(claims)
  }
  const ofOneKind = [
    publicJwk(rsa, { kid: 'a', alg: 'RS256' }),
    publicJwk(other, { kid: 'a', alg: 'PS256' }),
  ]
  expect(await verify(await signed('RS256', { kid: 'a' }), ofOneKind)).toEqual(claims)
})

describe('rfc8725 section 3.1: no algorithm passes that is not ours', () => {
  const own = publicJwk(rsa)

  test('rfc7518 section 3.6 and 8.5: none', async () => {
    expect(await verify(`${encode({ alg: 'none' })}.${encode(claims)}.`, [own])).toBeUndefined()
  })

  test('rfc7515 section 10.5: a MAC is no signature: HS256 with the public key as the secret', async () => {
    const input = `${encode({ alg: 'HS256' })}.${encode(claims)}`
    const pem = rsa.publicKey.export({ format: 'pem', type: 'spki' })
    const mac = createHmac('sha256', pem).update(input).digest('base64url')
    expect(await verify(`${input}.${mac}`, [own])).toBeUndefined()
  })

  test('rfc7515 section 4.1.1: none is named', async () => {
    const [, payload, signature] = (await signed('RS256')).split('.')
    expect(await verify(`${encode({})}.${payload}.${signature}`, [own])).toBeUndefined()
  })

  test('rfc7515 section 10.6: a signature of another algorithm than its header names', async () => {
    const input = `${encode({ alg: 'RS256' })}.${encode(claims)}`
    const signature = sign('sha512', Buffer.from(input), rsa.privateKey).toString('base64url')
    expect(await verify(`${input}.${signature}`, [own])).toBeUndefined()
  })

  test('rfc7515 section 10.7: a header that names another algorithm than the one that was signed', async () => {
    const [, payload, signature] = (await signed('PS256')).split('.')
    const header = encode({ alg: 'RS256' })
    expect(await verify(`${header}.${payload}.${signature}`, [own])).toBeUndefined()
  })

  test('RS512', async () => {
    const input = `${encode({ alg: 'RS512' })}.${encode(claims)}`
    const signature = sign('sha512', Buffer.from(input), rsa.privateKey).toString('base64url')
    expect(await verify(`${input}.${signature}`, [own])).toBeUndefined()
  })

  test('rfc7515 section 4.1.3, 4.1.5, 4.1.6 and 10.3: a key that the assertion brings along', async () => {
    const jwk = publicJwk(other)
    const led = { jku: 'https://evil.example/jwks', x5u: 'https://evil.example/x5u' }
    const foreign = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', jwk, x5c: ['MII'], ...led })
      .sign(other.privateKey)
    expect(await verify(foreign, [own])).toBeUndefined()
    expect(await verify(foreign, [])).toBeUndefined()
  })
})

test('rfc7515 section 4.1.11: an extension that we do not understand is refused', async () => {
  const header = { alg: 'RS256', crit: ['x'], x: 1 }
  const input = `${encode(header)}.${encode(claims)}`
  const signature = sign('sha256', Buffer.from(input), rsa.privateKey).toString('base64url')
  expect(await verify(`${input}.${signature}`, [publicJwk(rsa)])).toBeUndefined()
})

test('rfc7519 section 7.2: what is signed must be an object of JSON, in UTF-8', async () => {
  const signing = (payload: Uint8Array) => {
    const input = `${encode({ alg: 'RS256' })}.${Buffer.from(payload).toString('base64url')}`
    return `${input}.${sign('sha256', Buffer.from(input), rsa.privateKey).toString('base64url')}`
  }
  const own = [publicJwk(rsa)]
  expect(await verify(signing(Buffer.from('{"sub":"jwt"}')), own)).toEqual({ sub: 'jwt' })
  for (const text of ['[]', '7', 'null', '"jwt"', '{', '']) {
    expect(await verify(signing(Buffer.from(text)), own)).toBeUndefined()
  }
  expect(await verify(signing(Buffer.from('{"sub":"\xeb"}', 'latin1')), own)).toBeUndefined()
})

test('rfc7523 section 2.2: two assertions are none', async () => {
  const [one, other] = [await signed('RS256'), await signed('RS256')]
  for (const both of [`${one} ${other}`, `${one},${other}`, `${one}.${other}`, `${one}\n`]) {
    expect(await verify(both, [publicJwk(rsa)])).toBeUndefined()
  }
})

test('rfc7515 section 7.2: only the compact serialization is read', async () => {
  const [header, payload, signature] = (await signed('RS256')).split('.')
  const flattened = { protected: header, payload, signature }
  for (const json of [flattened, { payload, signatures: [flattened] }]) {
    expect(await verify(JSON.stringify(json), [publicJwk(rsa)])).toBeUndefined()
  }
})

describe('rfc8725 section 3.3: every part is verified, and one that fails spoils the whole', () => {
  test('rfc7521 section 8.1: any changed character makes an assertion worthless', async () => {
    const assertion = await signed('ES256')
    const key = publicJwk(pairs.ES256)
    const characters = fc.constantFrom('A', 'z', '-', '.', '=', ' ')
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: assertion.length - 1 }), characters, async (at, character) => {
        fc.pre(assertion[at] !== character)
        const changed = `${assertion.slice(0, at)}${character}${assertion.slice(at + 1)}`
        const verified = await verify(changed, [key])
        // The last characters of a signature hold bits that no byte uses.
        if (verified !== undefined) expect(at).toBe(assertion.length - 1)
      }),
    )
  })
})

test('no text at all makes verifying throw', async () => {
  const part = fc.oneof(
    fc.string(),
    fc.json().map((json) => Buffer.from(json).toString('base64url')),
  )
  await fc.assert(
    fc.asyncProperty(part, part, part, async (header, payload, signature) => {
      const text = `${header}.${payload}.${signature}`
      expect(await verify(text, [publicJwk(rsa)])).toBeUndefined()
    }),
  )
})

test('rfc8725 section 3.1: of the algorithms we know only those count that are asked for', async () => {
  const own = client({ keys: [publicJwk(rsa)] })
  expect(await registered.verify(await signed('PS256'), own, ['PS256'])).toEqual(claims)
  expect(await registered.verify(await signed('RS256'), own, ['PS256'])).toBeUndefined()
})

describe('oidc core section 10.1.1: a client that publishes its keys', () => {
  const [before, after] = [publicJwk(other, { kid: 'a' }), publicJwk(rsa, { kid: 'b' })]
  const publisher = client({ keys: [] })

  function published(known: readonly PublicJwk[], fresh: readonly PublicJwk[]) {
    const freshKeysOf = vi.fn(async () => fresh)
    const { verify } = clientAssertionVerifier({ keysOf: async () => known, freshKeysOf })
    return { verify: (jwt: string) => verify(jwt, publisher, signingAlgorithms), freshKeysOf }
  }

  test('is asked again for a key that is not known', async () => {
    const { verify } = published([before], [before, after])
    expect(await verify(await signed('RS256', { kid: 'b' }))).toEqual(claims)
  })

  test('is asked again where no key is named and none fits', async () => {
    const { verify } = published([before], [after])
    expect(await verify(await signed('RS256'))).toEqual(claims)
  })

  test('is not asked because of a bad signature of a known key, nor of what is no JWT', async () => {
    const { verify, freshKeysOf } = published([before], [after])
    expect(await verify(await signed('RS256', { kid: 'a' }))).toBeUndefined()
    expect(await verify('a.b.c')).toBeUndefined()
    expect(freshKeysOf).not.toHaveBeenCalled()
  })

  test('is refused when it knows no such key either', async () => {
    const { verify } = published([before], [before])
    expect(await verify(await signed('RS256', { kid: 'b' }))).toBeUndefined()
  })
})

import { randomUUID } from 'node:crypto'
import { importJWK, type JWTPayload, SignJWT } from 'jose'
import keys from './client-keys.json' with { type: 'json' }

/** Signs an assertion of the client `jwt`; what `claims` holds replaces the well-behaved default. */
export async function signedAssertion(
  claims: JWTPayload = {},
  { alg = 'RS256' }: { readonly alg?: 'RS256' | 'ES256' } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const defaults = { iss: 'jwt', sub: 'jwt', jti: randomUUID(), iat: now, exp: now + 60 }
  const key = await importJWK(keys[alg], alg)
  return new SignJWT({ ...defaults, ...claims })
    .setProtectedHeader({ alg, kid: keys[alg].kid })
    .sign(key)
}

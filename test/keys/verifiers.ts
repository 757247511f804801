import { createLocalJWKSet, createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { keySetLifetime } from '#shared/keys/key-times.ts'

/** Somebody who verifies tokens with the published keys. @throws Error for a token that fails */
export type Verifier = (token: string) => Promise<void>

const verifierWith =
  (issuer: string, keys: JWTVerifyGetKey): Verifier =>
  async (token) => {
    await jwtVerify(token, keys, { issuer, currentDate: new Date(Date.now()) })
  }

/** The usual client: asks again when it meets a key that it does not know, but not more often than each half minute. */
export const usualVerifier = (issuer: string): Verifier =>
  verifierWith(issuer, createRemoteJWKSet(new URL(`${issuer}/oauth2/jwks`)))

/** The laziest client that the protocol allows: it keeps what was as old as the edge may keep it, and never asks in between. */
export function laziestVerifier(issuer: string): Verifier {
  const fetchKeys = async () => {
    const response = await fetch(`${issuer}/oauth2/jwks`)
    return createLocalJWKSet(JSON.parse(await response.text()))
  }
  let atEdge = { keys: fetchKeys(), since: Date.now() }
  let own = atEdge
  const isStale = ({ since }: { readonly since: number }) =>
    Date.now() - since >= keySetLifetime * 1000
  const lazyKeys: JWTVerifyGetKey = async (header, token) => {
    if (isStale(own)) {
      if (isStale(atEdge)) atEdge = { keys: fetchKeys(), since: Date.now() }
      own = { keys: atEdge.keys, since: Date.now() }
    }
    return (await own.keys)(header, token)
  }
  return verifierWith(issuer, lazyKeys)
}

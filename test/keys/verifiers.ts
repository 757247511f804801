import { createLocalJWKSet, createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { keySetLifetime, longestKeySetLifetime } from '#shared/keys/key-times.ts'

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

/** The laziest client that the protocol allows: it never asks in between. */
export const laziestVerifier = (issuer: string): Verifier => lazyVerifier(issuer, keySetLifetime)

/** API Gateway at its worst: it keeps keys for its own time, whatever ours is. */
export const gatewayVerifier = (issuer: string): Verifier =>
  lazyVerifier(issuer, longestKeySetLifetime)

/** A verifier that keeps what was as old as the edge may keep it. */
function lazyVerifier(issuer: string, lifetime: number): Verifier {
  const fetchKeys = async () => {
    const response = await fetch(`${issuer}/oauth2/jwks`)
    return createLocalJWKSet(JSON.parse(await response.text()))
  }
  let atEdge = { keys: fetchKeys(), since: Date.now() }
  let own = atEdge
  const isStale = ({ since }: { readonly since: number }, after: number) =>
    Date.now() - since >= after * 1000
  const lazyKeys: JWTVerifyGetKey = async (header, token) => {
    if (isStale(own, lifetime)) {
      if (isStale(atEdge, keySetLifetime)) atEdge = { keys: fetchKeys(), since: Date.now() }
      own = { keys: atEdge.keys, since: Date.now() }
    }
    return (await own.keys)(header, token)
  }
  return verifierWith(issuer, lazyKeys)
}

import { randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'

const seconds = () => Math.floor(Date.now() / 1000)

/** What is given replaces the well-behaved default. */
interface Wishes {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
}

/** Somebody who vouches for instances of clients. */
export async function attester() {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const { kty = '', ...members } = await exportJWK(publicKey)
  return {
    /** What a client registers. */
    jwk: { kty, ...members },
    attest(client: string, cnf: object, { claims, header }: Wishes = {}) {
      const iat = seconds()
      return new SignJWT({ sub: client, iat, exp: iat + 3600, cnf, ...claims })
        .setProtectedHeader({ typ: 'oauth-client-attestation+jwt', alg: 'ES256', ...header })
        .sign(privateKey)
    },
  }
}

/** An instance of a client with its key. */
export async function clientInstance() {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(publicKey)
  return {
    jwk,
    privateJwk: await exportJWK(privateKey),
    jkt: await calculateJwkThumbprint(jwk),
    prove(issuer: string, { claims, header }: Wishes = {}) {
      return new SignJWT({ aud: issuer, jti: randomUUID(), iat: seconds(), ...claims })
        .setProtectedHeader({ typ: 'oauth-client-attestation-pop+jwt', alg: 'ES256', ...header })
        .sign(privateKey)
    },
  }
}

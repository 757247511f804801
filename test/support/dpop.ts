import { randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { sha256Base64url } from '#shared/kernel/digest.ts'

/** What a proof is made for; what is given replaces the well-behaved default. */
export interface ProofWishes {
  readonly htm?: string
  readonly htu: string
  readonly accessToken?: string
  readonly nonce?: string | undefined
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
}

/** A key of a client, and the proofs that it makes. */
export async function dpopKey(alg = 'ES256') {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(publicKey)
  return {
    jwk,
    privateJwk: await exportJWK(privateKey),
    jkt: await calculateJwkThumbprint(jwk),
    proof({ htm = 'POST', htu, accessToken, nonce, claims, header }: ProofWishes) {
      const ath = accessToken === undefined ? {} : { ath: sha256Base64url(accessToken) }
      const iat = Math.floor(Date.now() / 1000)
      const said = { jti: randomUUID(), htm, htu, iat, ...ath, ...(nonce && { nonce }), ...claims }
      return new SignJWT(said)
        .setProtectedHeader({ typ: 'dpop+jwt', alg, jwk, ...header })
        .sign(privateKey, { crit: { unknown: true } })
    },
  }
}

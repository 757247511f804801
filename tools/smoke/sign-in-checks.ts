import { constants, createPublicKey, verify } from 'node:crypto'
import { browserCookieName, sessionCookieName } from '#shared/session/session-cookie.ts'
import { type Check, must, type Scene } from './check.ts'
import { fetchJson, type JsonAnswer } from './journey.ts'

/** A cookie as the viewer gets it, after all that lies between. */
function checkCookie({ journey, options }: Scene, name: string): void {
  const cookie = journey.browser.cookies.get(name)
  must(cookie !== undefined, `there is no cookie ${name}`)
  const { pathname } = new URL(options.issuer)
  const wanted = ['secure', 'httponly', 'samesite=lax', `path=${pathname}`]
  const missing = wanted.filter((each) => !cookie.attributes.has(each))
  must(missing.length === 0, `${name} lacks ${missing.join(', ')}`)
}

function checkTokens({ status, body }: JsonAnswer): void {
  must(status === 200, `the token endpoint answers ${status} ${body['error'] ?? ''}`)
  must(body['token_type'] === 'Bearer', `token_type is '${body['token_type']}'`)
  for (const name of ['access_token', 'refresh_token']) {
    must(typeof body[name] === 'string', `there is no ${name}`)
  }
}

const decode = (part: string | undefined): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString())

/** How Node is asked to verify a signature of JOSE; those that are not listed hash for themselves. */
const hashes: Readonly<Record<string, string>> = {
  RS256: 'sha256',
  PS256: 'sha256',
  ES256: 'sha256',
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }

/** Verifies a token against the published keys, and answers its claims. */
async function verifiedClaims(jwt: string, issuer: string) {
  const [header, payload, signature = ''] = jwt.split('.')
  const { alg, kid } = decode(header)
  const { body } = await fetchJson(`${issuer}/oauth2/jwks`)
  const keys = Array.isArray(body['keys']) ? body['keys'] : []
  const key = keys.find((each) => each.kid === kid)
  must(key !== undefined, `the signing key ${kid} is not published`)
  must(key.alg === alg, `the token is signed with ${alg}, and its key is for ${key.alg}`)
  const publicKey = createPublicKey({ key, format: 'jwk' })
  const options = {
    key: publicKey,
    dsaEncoding: 'ieee-p1363',
    ...(alg === 'PS256' && pss),
  } as const
  const signed = Buffer.from(`${header}.${payload}`)
  const isGood = verify(hashes[String(alg)], signed, options, Buffer.from(signature, 'base64url'))
  must(isGood, 'the signature does not verify')
  return decode(payload)
}

async function subjectOf({ journey, options }: Scene): Promise<unknown> {
  const { body } = await journey.tokens()
  const claims = await verifiedClaims(String(body['id_token']), options.issuer)
  must(claims['iss'] === options.issuer, `iss is '${claims['iss']}'`)
  must(claims['aud'] === options.visitor?.clientId, `aud is '${claims['aud']}'`)
  must(claims['nonce'] === journey.nonce, 'nonce is another one')
  return claims['sub']
}

/** One sign-in through the browser and the token endpoint; in this order. */
export const signInChecks: readonly Check[] = [
  {
    name: 'the sign-in page: a policy without holes, and a cookie with all its attributes',
    needs: 'user',
    async run(scene) {
      const { status, headers, body } = await scene.journey.signInPage()
      must(status === 200 && body.includes('name="password"'), `no sign-in page: ${status}`)
      const policy = headers.get('content-security-policy') ?? ''
      must(policy.includes("default-src 'none'"), `Content-Security-Policy is '${policy}'`)
      must(!policy.includes('unsafe'), `Content-Security-Policy is '${policy}'`)
      must(headers.get('x-frame-options') === 'DENY', 'the page may be framed')
      checkCookie(scene, browserCookieName)
      return undefined
    },
  },
  {
    name: 'sign-in with a password (Argon2id on this runtime) sends the client its code',
    needs: 'user',
    async run(scene) {
      const { searchParams } = await scene.journey.callback()
      must(searchParams.has('code'), `no code: ${searchParams.get('error')}`)
      must(searchParams.get('state') === scene.journey.state, 'state is another one')
      must(searchParams.get('iss') === scene.options.issuer, `iss is ${searchParams.get('iss')}`)
      checkCookie(scene, sessionCookieName)
      return undefined
    },
  },
  {
    name: 'code and PKCE are redeemed for tokens, not to be stored',
    needs: 'user',
    async run({ journey }) {
      const answer = await journey.tokens()
      checkTokens(answer)
      must(answer.headers.get('cache-control') === 'no-store', 'the tokens may be stored')
      return undefined
    },
  },
  {
    name: 'the ID token verifies against the published keys',
    needs: 'user',
    async run(scene) {
      must((await subjectOf(scene)) !== undefined, 'there is no sub')
      return undefined
    },
  },
  {
    name: 'userinfo answers the same subject',
    needs: 'user',
    async run(scene) {
      const { body } = await scene.journey.tokens()
      const headers = { authorization: `Bearer ${body['access_token']}` }
      const answer = await fetchJson(`${scene.options.issuer}/oauth2/userinfo`, { headers })
      must(answer.status === 200, `userinfo answers ${answer.status}`)
      must(answer.body['sub'] === (await subjectOf(scene)), 'sub is another one')
      return undefined
    },
  },
  {
    name: 'a refresh token is rotated',
    needs: 'user',
    async run({ journey }) {
      const [first, next] = [await journey.tokens(), await journey.refreshed()]
      checkTokens(next)
      must(first.body['refresh_token'] !== next.body['refresh_token'], 'it is the same again')
      return undefined
    },
  },
  {
    name: 'logout with the ID token ends the session',
    needs: 'user',
    async run({ journey, options }) {
      const { body } = await journey.tokens()
      const query = new URLSearchParams({ id_token_hint: String(body['id_token']) })
      const { status } = await journey.browser.get(`${options.issuer}/oauth2/logout?${query}`)
      must(status === 200, `logout answers ${status}`)
      const cookie = journey.browser.cookies.get(sessionCookieName)
      must(cookie === undefined, 'the cookie of the session is still there')
      const error = (await journey.askSilently()).searchParams.get('error')
      must(error === 'login_required', `prompt=none gives ${error}`)
      return undefined
    },
  },
]

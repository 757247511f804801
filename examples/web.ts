import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import * as oidc from 'openid-client'

const {
  ISSUER = 'http://localhost:9000/demo',
  CLIENT_ID = 'demo-web',
  CLIENT_SECRET = 'demo-web-secret-for-this-computer-only',
  ORIGIN = 'http://localhost:3000',
  REFRESH_SECONDS_BEFORE_EXPIRY = '30',
} = process.env

const execute = ISSUER.startsWith('http://localhost:') ? [oidc.allowInsecureRequests] : []
const secret = oidc.ClientSecretBasic(CLIENT_SECRET)
const provider = await oidc.discovery(new URL(ISSUER), CLIENT_ID, {}, secret, { execute })

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers
type Session = { pending?: oidc.AuthorizationCodeGrantChecks; tokens?: Promise<Tokens> }
const sessions = new Map<string, Session>()

/** Gives the browser a new session id, so that one that was slipped to it leads nowhere. */
function begin(session: Session, response: ServerResponse): void {
  const id = oidc.randomState()
  sessions.set(id, session)
  const secure = ORIGIN.startsWith('https:') ? '; Secure' : ''
  response.setHeader('set-cookie', `session=${id}; Path=/; HttpOnly; SameSite=Lax${secure}`)
}

async function signIn(response: ServerResponse): Promise<URL> {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()]
  begin({ pending: { pkceCodeVerifier, expectedState, expectedNonce } }, response)
  return oidc.buildAuthorizationUrl(provider, {
    redirect_uri: `${ORIGIN}/callback`,
    scope: 'openid profile offline_access',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
}

/** A refresh token works once: requests that come together wait for one refresh. */
async function freshTokens(session: Session): Promise<Tokens | undefined> {
  const known = session.tokens
  const tokens = await known
  if (!tokens || (tokens.expiresIn() ?? 0) > Number(REFRESH_SECONDS_BEFORE_EXPIRY)) return tokens
  if (session.tokens === known)
    session.tokens = oidc.refreshTokenGrant(provider, tokens.refresh_token ?? '')
  return session.tokens
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<URL | string> {
  const url = new URL(request.url ?? '', ORIGIN)
  const id = /\bsession=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
  const session = sessions.get(id) ?? {}
  if (url.pathname === '/login') return signIn(response)
  if (url.pathname === '/callback' && session.pending) {
    sessions.delete(id)
    const tokens = await oidc.authorizationCodeGrant(provider, url, session.pending)
    begin({ tokens: Promise.resolve(tokens) }, response)
    return new URL(ORIGIN)
  }
  const tokens = await freshTokens(session).catch(() => undefined)
  if (!tokens) return '<a href="/login">Sign in</a>'
  if (url.pathname === '/logout' && request.method === 'POST') {
    sessions.delete(id)
    const back = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: `${ORIGIN}/` }
    return oidc.buildEndSessionUrl(provider, back)
  }
  const person = await oidc.fetchUserInfo(provider, tokens.access_token, tokens.claims()?.sub ?? '')
  const name = String(person.name).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `Hello, ${name} <form method="post" action="/logout"><button>Sign out</button></form>`
}

createServer(async (request, response) => {
  const to = await answer(request, response).catch((error: Error) => error)
  if (to instanceof URL) response.writeHead(303, { location: to.href }).end()
  else if (to instanceof Error) response.writeHead(400).end(to.message)
  else response.setHeader('content-type', 'text/html; charset=utf-8').end(to)
}).listen(Number(new URL(ORIGIN).port), () => console.log(`Open ${ORIGIN}`))

import { createServer } from 'node:http'
import * as oidc from 'openid-client'

const { ISSUER = 'http://localhost:9000/demo', CLIENT_ID = 'demo-cli' } = process.env

const execute = ISSUER.startsWith('http://localhost:') ? [oidc.allowInsecureRequests] : []
const provider = await oidc.discovery(new URL(ISSUER), CLIENT_ID, {}, oidc.None(), { execute })

/** Listens on a port that the system chooses: the provider lets it be any on this address. */
const { promise: arrived, resolve: arrive } = Promise.withResolvers<string>()
const server = createServer(({ url = '' }, response) => {
  if (!url.startsWith('/callback?')) return response.writeHead(404).end()
  arrive(url)
  return response.setHeader('connection', 'close').end('You may close this window.')
})
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
const address = server.address()
if (address === null || typeof address === 'string') throw new Error('there is no port')
const redirectUri = `http://127.0.0.1:${address.port}/callback`

const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()]
const url = oidc.buildAuthorizationUrl(provider, {
  redirect_uri: redirectUri,
  scope: 'openid profile',
  state: expectedState,
  nonce: expectedNonce,
  code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
})
console.log(`Open in a browser: ${url}`)

const answer = new URL(await arrived, redirectUri)
server.close()
const tokens = await oidc.authorizationCodeGrant(provider, answer, {
  pkceCodeVerifier,
  expectedState,
  expectedNonce,
})
const subject = tokens.claims()?.sub ?? ''
const { name } = await oidc.fetchUserInfo(provider, tokens.access_token, subject)
console.log(`Hello, ${name}`)

import * as oauth from 'oauth4webapi'
import { rememberSignIn, takeSignIn } from './pending-sign-in.ts'
import type { Settings } from './settings.ts'

/** The tokens of a signed-in user; kept in memory, so that a script in storage finds nothing. */
export interface Tokens {
  readonly idToken: string
  readonly accessToken: string
  readonly refreshToken: string | undefined
  readonly subject: string
}

export type UserInfo = oauth.UserInfoResponse

export interface DemoClient {
  /** Sends the browser to the sign-in page. */
  signIn(): Promise<void>
  /** Redeems the code in the URL that the browser came back to. */
  completeSignIn(returned: URL): Promise<Tokens>
  refresh(tokens: Tokens): Promise<Tokens>
  userInfo(tokens: Tokens): Promise<UserInfo>
  /** Sends the browser to the end of the session at the provider. */
  signOut(tokens: Tokens): void
}

const scope = 'openid profile email'

/** On this computer the provider may speak plain http; anywhere else the library refuses it. */
const options = { [oauth.allowInsecureRequests]: location.protocol === 'http:' }

/** Discovers the provider and speaks to it, the plain way of the library's own examples. */
export async function connect(settings: Settings): Promise<DemoClient> {
  const discovery = await oauth.discoveryRequest(settings.issuer, options)
  const server = await oauth.processDiscoveryResponse(settings.issuer, discovery)
  const client: oauth.Client = { client_id: settings.clientId }
  return {
    signIn: () => signIn(server, settings),
    completeSignIn: (returned) => completeSignIn(server, client, settings, returned),
    refresh: (tokens) => refresh(server, client, tokens),
    userInfo: (tokens) => userInfo(server, client, tokens),
    signOut: (tokens) => signOut(server, settings, tokens),
  }
}

async function signIn(server: oauth.AuthorizationServer, settings: Settings): Promise<void> {
  const pending = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    codeVerifier: oauth.generateRandomCodeVerifier(),
  }
  rememberSignIn(pending)
  leaveFor(server.authorization_endpoint, {
    client_id: settings.clientId,
    redirect_uri: settings.redirectUri,
    response_type: 'code',
    scope,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.codeVerifier),
    code_challenge_method: 'S256',
  })
}

async function completeSignIn(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  settings: Settings,
  returned: URL,
): Promise<Tokens> {
  const pending = takeSignIn()
  if (!pending) throw new Error('This tab has not started a sign-in. Please start again.')
  const parameters = oauth.validateAuthResponse(server, client, returned, pending.state)
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    settings.redirectUri,
    pending.codeVerifier,
    options,
  )
  const result = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: pending.nonce,
    requireIdToken: true,
  })
  return tokensOf(result)
}

async function refresh(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  tokens: Tokens,
): Promise<Tokens> {
  const response = await oauth.refreshTokenGrantRequest(
    server,
    client,
    oauth.None(),
    tokens.refreshToken ?? '',
    options,
  )
  const result = await oauth.processRefreshTokenResponse(server, client, response)
  return tokensOf(result, tokens)
}

async function userInfo(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  { accessToken, subject }: Tokens,
): Promise<UserInfo> {
  const response = await oauth.userInfoRequest(server, client, accessToken, options)
  return oauth.processUserInfoResponse(server, client, subject, response)
}

/** @spec https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout */
function signOut(server: oauth.AuthorizationServer, settings: Settings, tokens: Tokens): void {
  leaveFor(server.end_session_endpoint, {
    id_token_hint: tokens.idToken,
    client_id: settings.clientId,
    post_logout_redirect_uri: settings.postLogoutRedirectUri,
  })
}

/** A refresh may leave out the ID token and the refresh token; then the former ones stay. */
function tokensOf(result: oauth.TokenEndpointResponse, former?: Tokens): Tokens {
  return {
    accessToken: result.access_token,
    idToken: result.id_token ?? former?.idToken ?? '',
    refreshToken: result.refresh_token ?? former?.refreshToken,
    subject: oauth.getValidatedIdTokenClaims(result)?.sub ?? former?.subject ?? '',
  }
}

function leaveFor(endpoint: string | undefined, parameters: Record<string, string>): void {
  if (!endpoint) throw new Error('The provider does not offer this.')
  const url = new URL(endpoint)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  location.assign(url)
}

import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'
import type { PhcString } from '#shared/authn/password-record.ts'
import { Secret } from '#shared/kernel/secret.ts'
import { argon2idHasher } from '#shared/node/password-hasher.ts'
import { cheapHash } from './cheap-hash.ts'
import { application, machine, people, service } from './credentials.ts'
import type { Answered, Contender, Sent } from './exchange.ts'

const origin = 'https://peer.example'
const api = 'https://api.example'

const clients: Configuration['clients'] = [
  {
    client_id: application.id,
    client_secret: application.secret,
    redirect_uris: [application.redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  },
  {
    client_id: machine.id,
    client_secret: machine.secret,
    redirect_uris: [],
    grant_types: ['client_credentials'],
    response_types: [],
  },
  {
    client_id: service.id,
    client_secret: service.secret,
    redirect_uris: [],
    grant_types: [],
    response_types: [],
    introspection_signed_response_alg: 'RS256',
  },
]

/** RS256, rotated refresh tokens, and access tokens that are JWTs but for one resource, as ours; no page for consent. */
function configuration(): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    clients,
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: ['openid', 'profile', 'email', 'orders:read'],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      jwtIntrospection: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => api,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => ({
          scope: 'orders:read',
          audience: resource,
          accessTokenFormat: resource === service.resource ? 'opaque' : 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    ttl: { Interaction: 600, Grant: 86_400, Session: 43_200 },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    async loadExistingGrant({ oidc: { provider, client, session } }) {
      const grant = new provider.Grant({
        ...(client && { clientId: client.clientId }),
        ...(session?.accountId && { accountId: session.accountId }),
      })
      grant.addOIDCScope('openid profile email orders:read')
      for (const resource of [api, service.resource]) {
        grant.addResourceScope(resource, 'orders:read')
      }
      await grant.save()
      return grant
    },
  }
}

const page = (uid: string): string =>
  `<!doctype html><form method="post" action="${uid}"><input name="username"><input name="password"></form>`

/** Gives Koa a request and a response that no socket is behind. */
function exchange({ method, path, headers, body }: Sent) {
  const request = new IncomingMessage(new Socket())
  request.method = method
  request.url = path
  request.headers = { host: 'peer.example', 'x-forwarded-proto': 'https', ...headers }
  if (body !== undefined) {
    request.headers['content-length'] = String(Buffer.byteLength(body))
    request.push(body)
  }
  request.push(null)
  request.complete = true
  const response = new ServerResponse(request)
  const answered = new Promise<Answered>((resolve) => {
    response.end = (content?: unknown) => {
      resolve({
        status: response.statusCode,
        location: response.getHeader('location')?.toString(),
        cookies: [response.getHeader('set-cookie') ?? []].flat().map(String),
        body: typeof content === 'function' ? '' : String(content ?? ''),
      })
      response.emit('finish')
      return response
    }
  })
  return { request, response, answered }
}

/** The page that asks for the password, which oidc-provider leaves to whoever uses it. */
async function interact(
  provider: Provider,
  hashes: ReadonlyMap<string, PhcString>,
  sent: Sent,
): Promise<Answered> {
  const { request, response } = exchange(sent)
  const answer = { location: undefined, cookies: [], body: '' }
  if (sent.method === 'GET') {
    const { uid } = await provider.interactionDetails(request, response)
    return { ...answer, status: 200, body: page(`/interaction/${uid}`) }
  }
  const form = new URLSearchParams(sent.body)
  const accountId = form.get('username') ?? ''
  const typed = new Secret(form.get('password') ?? '')
  if (!(await argon2idHasher.verify(hashes.get(accountId), typed)))
    return { ...answer, status: 422 }
  const location = await provider.interactionResult(request, response, { login: { accountId } })
  return { ...answer, status: 303, location }
}

/** oidc-provider with its memory adapter, called as its own server would call it, but without the server. */
export async function startPeer(): Promise<Contender> {
  const provider = new Provider(origin, configuration())
  provider.proxy = true
  const callback = provider.callback()
  const hashes = new Map<string, PhcString>([
    [people.strong.userName, await argon2idHasher.hash(new Secret(people.strong.password))],
    [people.cheap.userName, await cheapHash(people.cheap.password)],
  ])
  return {
    origin,
    paths: {
      authorize: '/auth',
      pushed: '/request',
      token: '/token',
      introspection: '/token/introspection',
      userInfo: '/me',
    },
    async send(sent) {
      if (sent.path.startsWith('/interaction/')) return interact(provider, hashes, sent)
      const { request, response, answered } = exchange(sent)
      callback(request, response)
      return answered
    },
  }
}

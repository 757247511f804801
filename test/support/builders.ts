import type { User, UserAttributes } from '#shared/directory/user.ts'
import {
  type ClientId,
  type FamilyId,
  type Generation,
  type Region,
  type SessionHash,
  type SessionId,
  type TenantId,
  trusted,
  type UserId,
} from '#shared/kernel/ids.ts'
import { readParameters } from '#shared/kernel/parameters.ts'
import { type EpochSeconds, epochSeconds, plus, seconds } from '#shared/kernel/time.ts'
import type { ResponseTarget } from '#shared/oauth/authorization/authorization-response.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { redirectUriHash } from '#shared/oauth/client/redirect-uri.ts'
import type { GrantContext } from '#shared/oauth/flows/grant-context.ts'
import type { AuthorizationCode } from '#shared/oauth/token/authorization-code.ts'
import type { RefreshFamily } from '#shared/oauth/token/refresh-family.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Session } from '#shared/session/session.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/** A moment that every builder takes for now. */
export const now = epochSeconds(1_800_000_000)

/** `now`, so many seconds later; earlier when negative. */
export const inSeconds = (duration: number): EpochSeconds => plus(now, seconds(duration))

export const region = trusted<Region>('eu-central-1')
export const userId = trusted<UserId>('u'.repeat(22))
export const otherUserId = trusted<UserId>('v'.repeat(22))
export const clientId = trusted<ClientId>('web')
export const otherClientId = trusted<ClientId>('other')
export const sessionHash = trusted<SessionHash>('s'.repeat(43))
export const sid = trusted<SessionId>('d'.repeat(22))
export const familyId = trusted<FamilyId>('f'.repeat(22))
export const callback = 'https://app.example/callback'

export const tenant = (more: Partial<Tenant> = {}): Tenant => ({
  id: trusted<TenantId>('acme'),
  displayName: 'Acme',
  issuer: 'https://id.example/acme',
  settings: {
    custody: 'kms',
    signingAlgorithms: ['RS256'],
    accessTokenLifetime: seconds(300),
    idTokenLifetime: seconds(200),
    refreshTokenLifetime: seconds(86_400),
    sessionLifetime: seconds(28_800),
  },
  ...more,
})

/** A confidential client of the web. */
export const client = (more: Partial<Client> = {}): Client => ({
  tenant: tenant().id,
  id: clientId,
  name: 'Harbour',
  applicationType: 'web',
  redirectUris: [callback],
  postLogoutRedirectUris: ['https://app.example/bye'],
  grantTypes: ['authorization_code', 'refresh_token'],
  tokenEndpointAuthMethod: 'client_secret_basic',
  secretHashes: [],
  keys: [],
  scopes: ['openid', 'profile', 'email', 'groups', 'offline_access'],
  skipConsent: true,
  validAfter: epochSeconds(0),
  ...more,
})

export const publicClient = (more: Partial<Client> = {}): Client =>
  client({ applicationType: 'native', tokenEndpointAuthMethod: 'none', ...more })

export const user = (
  attributes: Partial<UserAttributes> = {},
  more: Partial<Omit<User, 'attributes'>> = {},
): User => ({
  tenant: tenant().id,
  id: userId,
  attributes: { userName: 'ada', active: true, ...attributes },
  emailVerified: true,
  updatedAt: inSeconds(-5000),
  validAfter: epochSeconds(0),
  ...more,
})

export const session = (more: Partial<Session> = {}): Session => ({
  tenant: tenant().id,
  user: userId,
  secretHash: sessionHash,
  sid,
  authTime: inSeconds(-1000),
  amr: ['pwd'],
  expiresAt: inSeconds(20_000),
  ...more,
})

export const family = (more: Partial<RefreshFamily> = {}): RefreshFamily => ({
  tenant: tenant().id,
  user: userId,
  id: familyId,
  client: clientId,
  scopes: ['openid', 'profile'],
  sid,
  authTime: inSeconds(-1000),
  amr: ['pwd'],
  offline: false,
  generation: trusted<Generation>(0),
  openedAt: inSeconds(-900),
  expiresAt: inSeconds(80_000),
  ...more,
})

/** A code that was asked for without a proof key. */
export const authorizationCode = (more: Partial<AuthorizationCode> = {}): AuthorizationCode => ({
  jti: familyId,
  client: clientId,
  redirectUriHash: redirectUriHash(callback),
  user: userId,
  sid,
  scopes: ['openid', 'profile'],
  authTime: inSeconds(-1000),
  amr: ['pwd'],
  issuedAt: inSeconds(-10),
  expiresAt: inSeconds(50),
  ...more,
})

export const responseTarget = (more: Partial<ResponseTarget> = {}): ResponseTarget => ({
  redirectUri: callback,
  responseMode: 'query',
  state: 'af0ifjsldkj',
  issuer: tenant().issuer,
  ...more,
})

/** The parameters of a request, as they arrive. */
export const parametersOf = (fields: Readonly<Record<string, string>>) =>
  readParameters(new URLSearchParams(fields)).parameters

export const clockAt = (moment: EpochSeconds = now): Clock => ({ now: () => moment })

/** Counts instead of drawing, in the lengths of the real thing. */
export function countingRandom(): Random {
  let drawn = 0
  const next = (length: number) => String(++drawn).padStart(length, '0')
  return {
    bytes: (count) => new Uint8Array(count).fill(++drawn),
    id: () => next(22),
    token: () => next(43),
  }
}

/** A request of an authenticated client. */
export const grantContext = (more: Partial<GrantContext> = {}): GrantContext => ({
  tenant: tenant(),
  client: client(),
  now,
  address: '203.0.113.9',
  ...more,
})

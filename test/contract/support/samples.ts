import type { AuditEvent } from '#shared/audit/event.ts'
import type { PasswordRecord, PhcString } from '#shared/authn/password-record.ts'
import type { Group } from '#shared/directory/group.ts'
import type { User } from '#shared/directory/user.ts'
import {
  type AttemptId,
  type ClientId,
  type FamilyId,
  type Generation,
  type GroupId,
  type SessionHash,
  type SessionId,
  type TenantId,
  trusted,
  type UserId,
} from '#shared/kernel/ids.ts'
import { epochSeconds, seconds } from '#shared/kernel/time.ts'
import type { SealingKey } from '#shared/keys/sealing-key.ts'
import type { SigningKey } from '#shared/keys/signing-key.ts'
import { systemRandom } from '#shared/node/random.ts'
import type { PushedRequest } from '#shared/oauth/authorization/pushed-request.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import type {
  BackchannelRequest,
  BackchannelRequestId,
} from '#shared/oauth/polling/backchannel-request.ts'
import type { DeviceAuthorization } from '#shared/oauth/polling/device-authorization.ts'
import { userCodeBytes, userCodeHash, userCodeOf } from '#shared/oauth/polling/user-code.ts'
import type { InitialAccessToken } from '#shared/oauth/registration/initial-access-token.ts'
import type { LongCode } from '#shared/oauth/token/long-code.ts'
import type { RefreshFamily } from '#shared/oauth/token/refresh-family.ts'
import type { ResourceServer } from '#shared/oauth/token/resource-server.ts'
import type { TrustedIssuer } from '#shared/oauth/trust/trusted-issuer.ts'
import type { Session } from '#shared/session/session.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/** A moment that every sample takes for now. */
export const now = epochSeconds(1_800_000_000)

export const later = epochSeconds(now + 3600)

export const anyTenantId = (): TenantId => trusted<TenantId>(`t-${systemRandom.id().toLowerCase()}`)
export const anyUserId = (): UserId => trusted<UserId>(systemRandom.id())
export const anyClientId = (): ClientId => trusted<ClientId>(systemRandom.id())
export const anyAttempt = (): AttemptId => trusted<AttemptId>(systemRandom.id())

export const anyEvent = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  id: systemRandom.id(),
  time: now,
  activity: 'sign-in',
  ...more,
})

export const anyTenant = (more: Partial<Tenant> = {}): Tenant => {
  const id = anyTenantId()
  return {
    id,
    displayName: 'Acme',
    issuer: `https://id.example/${id}`,
    settings: {
      custody: 'kms-wrapped',
      signingAlgorithms: ['RS256'],
      accessTokenLifetime: seconds(300),
      idTokenLifetime: seconds(300),
      refreshTokenLifetime: seconds(86_400),
      sessionLifetime: seconds(28_800),
    },
    ...more,
  }
}

export const anyClient = (more: Partial<Client> = {}): Client => ({
  tenant: anyTenantId(),
  id: anyClientId(),
  name: 'Demo',
  applicationType: 'web',
  redirectUris: ['https://app.example/callback'],
  postLogoutRedirectUris: [],
  grantTypes: ['authorization_code', 'refresh_token'],
  tokenEndpointAuthMethod: 'private_key_jwt',
  secretHashes: [],
  keys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'k' }],
  scopes: ['openid', 'profile'],
  skipConsent: false,
  validAfter: epochSeconds(0),
  ...more,
})

export const anyResourceServer = (more: Partial<ResourceServer> = {}): ResourceServer => ({
  tenant: anyTenantId(),
  identifier: `https://${systemRandom.id()}.example/`,
  name: 'Orders',
  scopes: ['orders:read'],
  ...more,
})

export const anyInitialAccessToken = (
  more: Partial<InitialAccessToken> = {},
): InitialAccessToken => ({
  tenant: anyTenantId(),
  tokenHash: systemRandom.token(),
  maximalUses: 3,
  uses: 0,
  policy: { scopes: ['openid'] },
  ...more,
})

export const anyLongCode = (more: Partial<LongCode> = {}): LongCode => ({
  tenant: anyTenantId(),
  jti: trusted<FamilyId>(systemRandom.id()),
  nonce: 'n',
  claims: { userinfo: { name: null } },
  authorizationDetails: [{ type: 'payment', amount: { value: 1 } }],
  expiresAt: later,
  ...more,
})

export const anyTrustedIssuer = (more: Partial<TrustedIssuer> = {}): TrustedIssuer => ({
  tenant: anyTenantId(),
  issuer: `https://${systemRandom.id()}.example`,
  type: 'jwt',
  keys: [],
  mappings: [{ match: { sub: 'repo:acme/shop:ref:refs/heads/main' }, client: anyClientId() }],
  ...more,
})

export const anyPushedRequest = (more: Partial<PushedRequest> = {}): PushedRequest => ({
  tenant: anyTenantId(),
  client: anyClientId(),
  referenceHash: systemRandom.token(),
  request: 'response_type=code',
  startsBefore: later,
  expiresAt: later,
  ...more,
})

export const anyUser = (userName: string, more: Partial<User> = {}): User => ({
  tenant: anyTenantId(),
  id: anyUserId(),
  attributes: {
    userName,
    active: true,
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [{ value: 'ada@example.com', primary: true }],
  },
  emailVerified: true,
  updatedAt: now,
  validAfter: epochSeconds(0),
  ...more,
})

export const passwordOf = ({ tenant, id: user }: User): PasswordRecord => ({
  tenant,
  user,
  phc: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaA' as PhcString,
  changedAt: now,
})

export const anyGroup = (displayName: string, more: Partial<Group> = {}): Group => ({
  tenant: anyTenantId(),
  id: trusted<GroupId>(systemRandom.id()),
  displayName,
  ...more,
})

export const anySession = (more: Partial<Session> = {}): Session => ({
  tenant: anyTenantId(),
  user: anyUserId(),
  secretHash: trusted<SessionHash>(systemRandom.token()),
  sid: trusted<SessionId>(systemRandom.id()),
  authTime: now,
  amr: ['pwd'],
  expiresAt: later,
  ...more,
})

export const anyFamily = (more: Partial<RefreshFamily> = {}): RefreshFamily => ({
  tenant: anyTenantId(),
  user: anyUserId(),
  id: trusted<FamilyId>(systemRandom.id()),
  client: anyClientId(),
  scopes: ['openid', 'offline_access'],
  sid: trusted<SessionId>(systemRandom.id()),
  authTime: now,
  amr: ['pwd'],
  offline: true,
  generation: trusted<Generation>(0),
  openedAt: now,
  expiresAt: later,
  ...more,
})

export const anyDevice = (more: Partial<DeviceAuthorization> = {}): DeviceAuthorization => ({
  tenant: anyTenantId(),
  id: userCodeHash(userCodeOf(systemRandom.bytes(userCodeBytes))),
  secretHash: systemRandom.token(),
  client: anyClientId(),
  scopes: ['openid'],
  resources: ['https://api.example/'],
  services: ['Orders'],
  authorizationDetails: [{ type: 'payment', amount: { currency: 'EUR', value: 1.5 } }],
  issuedAt: now,
  expiresAt: later,
  interval: seconds(5),
  ...more,
})

export const anyBackchannelRequest = (
  more: Partial<BackchannelRequest> = {},
): BackchannelRequest => ({
  tenant: anyTenantId(),
  user: anyUserId(),
  id: trusted<BackchannelRequestId>(systemRandom.id()),
  client: anyClientId(),
  scopes: ['openid'],
  resources: ['https://api.example/'],
  services: ['Orders'],
  authorizationDetails: [{ type: 'payment', amount: { currency: 'EUR', value: 1.5 } }],
  issuedAt: now,
  expiresAt: later,
  interval: seconds(5),
  bindingMessage: 'Till 7',
  ...more,
})

export const anyKmsKeyArn = (): string =>
  `arn:aws:kms:eu-central-1:111122223333:key/${systemRandom.id()}`

export const anySigningKey = (
  tenant: TenantId,
  half: { readonly keyArn: string } | { readonly wrappedPrivateKey: Uint8Array },
): SigningKey => {
  const facts = {
    tenant,
    kid: systemRandom.id(),
    algorithm: 'RS256',
    state: 'active',
    publicKey: 'AQAB',
    createdAt: now,
    stateSince: now,
  } as const
  return 'keyArn' in half
    ? { ...facts, custody: 'kms', ...half }
    : { ...facts, custody: 'kms-wrapped', ...half }
}

export const anySealingKey = (more: Partial<SealingKey> = {}): SealingKey => ({
  kind: 'code',
  id: systemRandom.id(),
  wrapped: Uint8Array.of(1, 2, 3),
  createdAt: now,
  ...more,
})

import { type Generation, trusted } from '#shared/kernel/ids.ts'
import { seconds } from '#shared/kernel/time.ts'
import { dynamoAttempts } from '#shared/store/attempts.ts'
import { dynamoBackchannelRequests } from '#shared/store/backchannel-requests.ts'
import { dynamoClientAssertions } from '#shared/store/client-assertions.ts'
import { dynamoClientRegistrations } from '#shared/store/client-registrations.ts'
import { dynamoClients } from '#shared/store/clients.ts'
import { dynamoConsents } from '#shared/store/consents.ts'
import { dynamoDeviceAuthorizations } from '#shared/store/device-authorizations.ts'
import { dynamoFailedPasswords } from '#shared/store/failed-passwords.ts'
import { dynamoGroups } from '#shared/store/groups.ts'
import { dynamoInitialAccessTokens } from '#shared/store/initial-access-tokens.ts'
import { dynamoLongCodes } from '#shared/store/long-codes.ts'
import { dynamoOutbox } from '#shared/store/outbox.ts'
import { dynamoPasswords } from '#shared/store/passwords.ts'
import { dynamoPushedRequests } from '#shared/store/pushed-requests.ts'
import { dynamoRefreshFamilies } from '#shared/store/refresh-families.ts'
import { dynamoResourceServers } from '#shared/store/resource-servers.ts'
import { dynamoRevokedTokens } from '#shared/store/revoked-tokens.ts'
import { dynamoSealingKeys } from '#shared/store/sealing-keys.ts'
import { dynamoSessions } from '#shared/store/sessions.ts'
import { dynamoSigningKeys } from '#shared/store/signing-keys.ts'
import type { Table } from '#shared/store/table.ts'
import { dynamoTenants } from '#shared/store/tenants.ts'
import { dynamoTrustedIssuers } from '#shared/store/trusted-issuers.ts'
import { dynamoUsedProofs } from '#shared/store/used-proofs.ts'
import { dynamoUsers } from '#shared/store/users.ts'
import {
  anyAttempt,
  anyBackchannelRequest,
  anyClient,
  anyDevice,
  anyEvent,
  anyFamily,
  anyGroup,
  anyInitialAccessToken,
  anyKmsKeyArn,
  anyLongCode,
  anyPushedRequest,
  anyResourceServer,
  anySealingKey,
  anySession,
  anySigningKey,
  anyTenant,
  anyTrustedIssuer,
  anyUser,
  later,
  now,
  passwordOf,
} from './samples.ts'

const tenant = anyTenant()
const { id: t } = tenant
const client = anyClient({ tenant: t })
const [changing, leaving] = [anyClient({ tenant: t }), anyClient({ tenant: t })]
const initialToken = anyInitialAccessToken({ tenant: t })
const resource = anyResourceServer({ tenant: t })
const long = anyLongCode({ tenant: t })
const issuer = anyTrustedIssuer({ tenant: t })
const pushed = anyPushedRequest({ tenant: t })
const user = anyUser('ada', { tenant: t })
const group = anyGroup('Staff', { tenant: t })
const family = anyFamily({ tenant: t, user: user.id })
const session = anySession({ tenant: t, user: user.id })
const renewable = anySession({ tenant: t, user: user.id })
const allowed = { scopes: ['openid'], resourceScopes: ['https://orders.example openid'] }
const consent = { tenant: t, user: user.id, client: client.id, ...allowed, grantedAt: now }
const turn = { from: trusted<Generation>(0), to: trusted<Generation>(1) }
const failureKeys = { account: 'account', address: 'address' }
const device = anyDevice({ tenant: t })
const asked = anyBackchannelRequest({ tenant: t, user: user.id })
const pace = { interval: seconds(5), polledAt: now }
const denied = { kind: 'denied' } as const
const attemptKeys = ['one', 'other']
const window = { now, endsAt: later }
const signingKey = () => anySigningKey(t, { keyArn: anyKmsKeyArn() })
const moving = { ...signingKey(), state: 'pending' } as const
const retiring = anySealingKey({ kind: 'interaction' })
const event = () => anyEvent()

const acts: Readonly<Record<string, (table: Table) => Promise<unknown>>> = {
  'AP-01': (table) => dynamoTenants(table).find(t),
  'AP-02': (table) => dynamoTenants(table).save(tenant, event()),
  'AP-03': (table) => dynamoClients(table).find(t, client.id),
  'AP-04': (table) => dynamoClients(table).save(client, event()),
  'AP-05': (table) => dynamoUsers(table).find(t, user.id),
  'AP-06': (table) => dynamoUsers(table).findIdByUserName(t, 'ada'),
  'AP-07': (table) => {
    const fresh = anyUser('grace')
    return dynamoUsers(table).save({ user: fresh, password: passwordOf(fresh), event: event() })
  },
  'AP-08': (table) => dynamoPasswords(table).find(t, user.id),
  'AP-09': (table) => dynamoGroups(table).findByDisplayName(t, 'staff'),
  'AP-10': (table) => dynamoGroups(table).save(group, event()),
  'AP-11': (table) => dynamoGroups(table).addMember(group, anyUser('x').id, event()),
  'AP-12': (table) => dynamoGroups(table).namesOf(t, user.id),
  'AP-13': (table) => dynamoRefreshFamilies(table).open(anyFamily(), anyAttempt(), event()),
  'AP-14': (table) => dynamoRefreshFamilies(table).rotate(family, turn, anyAttempt(), event()),
  'AP-15': (table) => dynamoRefreshFamilies(table).revoke(family, now, event()),
  'AP-16': (table) => dynamoRefreshFamilies(table).find(family),
  'AP-60': (table) => dynamoRefreshFamilies(table).ofSession(session),
  'AP-17': (table) => dynamoSessions(table).open(anySession(), anyAttempt(), event()),
  'AP-18': (table) => dynamoSessions(table).find(session),
  'AP-61': (table) => dynamoSessions(table).ofUser(t, user.id),
  'AP-19': (table) => dynamoSessions(table).end(session, now, event()),
  'AP-20': (table) => dynamoConsents(table).find(t, user.id, client.id),
  'AP-21': (table) => dynamoConsents(table).grant(consent, event()),
  'AP-22': (table) => dynamoFailedPasswords(table).count(t, failureKeys, now),
  'AP-23': (table) => dynamoFailedPasswords(table).add(t, failureKeys, window, event()),
  'AP-24': (table) => dynamoClientAssertions(table).use(t, client.id, 'jti', later, anyAttempt()),
  'AP-50': (table) => dynamoUsedProofs(table).use(t, 'jkt', 'jti', later, anyAttempt()),
  'AP-70': (table) => dynamoDeviceAuthorizations(table).open(anyDevice(), anyAttempt(), event()),
  'AP-71': (table) => dynamoDeviceAuthorizations(table).find(device),
  'AP-72': (table) => dynamoDeviceAuthorizations(table).recordPoll(device, pace, anyAttempt()),
  'AP-73': (table) =>
    dynamoDeviceAuthorizations(table).answer(device, denied, now, anyAttempt(), event()),
  'AP-74': (table) => dynamoAttempts(table).count(t, attemptKeys, now),
  'AP-75': (table) => dynamoAttempts(table).add(t, attemptKeys, window, event()),
  'AP-76': (table) =>
    dynamoBackchannelRequests(table).open(anyBackchannelRequest(), anyAttempt(), event()),
  'AP-77': (table) => dynamoBackchannelRequests(table).find(asked),
  'AP-78': (table) => dynamoBackchannelRequests(table).pending(t, user.id, now),
  'AP-79': (table) => dynamoBackchannelRequests(table).recordPoll(asked, pace, anyAttempt()),
  'AP-83': (table) =>
    dynamoBackchannelRequests(table).answer(asked, denied, now, anyAttempt(), event()),
  'AP-25': (table) => dynamoSigningKeys(table).list(t),
  'AP-26': (table) => dynamoSigningKeys(table).create(signingKey(), event()),
  'AP-27': (table) => dynamoSealingKeys(table).list('code'),
  'AP-28': (table) => dynamoSealingKeys(table).create(anySealingKey(), event()),
  'AP-29': (table) => dynamoOutbox(table).put(t, event()),
  'AP-30': (table) =>
    dynamoSigningKeys(table).move([{ key: moving, to: 'active', event: event() }], now),
  'AP-31': (table) => dynamoSigningKeys(table).due(now),
  'AP-32': (table) => dynamoSigningKeys(table).appoint(t, later),
  'AP-33': (table) => dynamoSealingKeys(table).retire(retiring, now, event()),
  'AP-90': (table) => dynamoClientRegistrations(table).register(anyClient(), anyAttempt(), event()),
  'AP-91': (table) => dynamoClientRegistrations(table).replace(changing, anyAttempt(), event()),
  'AP-92': (table) =>
    dynamoClientRegistrations(table).remove(t, leaving.id, now, anyAttempt(), event()),
  'AP-93': (table) => dynamoInitialAccessTokens(table).find(t, initialToken.tokenHash),
  'AP-94': (table) => dynamoInitialAccessTokens(table).save(initialToken, event()),
  'AP-95': (table) => dynamoInitialAccessTokens(table).use(initialToken, anyAttempt(), event()),
  'AP-85': (table) => dynamoLongCodes(table).keep(anyLongCode(), anyAttempt(), event()),
  'AP-86': (table) => dynamoLongCodes(table).find(t, long.jti),
  'AP-80': (table) => dynamoPushedRequests(table).push(anyPushedRequest(), anyAttempt(), event()),
  'AP-81': (table) => dynamoPushedRequests(table).find(t, pushed.referenceHash),
  'AP-82': (table) => dynamoPushedRequests(table).use(pushed, now, anyAttempt(), event()),
  'AP-40': (table) => dynamoResourceServers(table).find(t, resource.identifier),
  'AP-41': (table) => dynamoResourceServers(table).save(resource, event()),
  'AP-96': (table) => dynamoTrustedIssuers(table).find(t, issuer.issuer),
  'AP-97': (table) => dynamoTrustedIssuers(table).save(issuer, event()),
  'AP-42': (table) => dynamoRevokedTokens(table).add(t, 'jti', later, anyAttempt(), event()),
  'AP-43': (table) => dynamoRevokedTokens(table).has(t, 'known'),
  'AP-35': (table) =>
    dynamoSessions(table).renew(renewable, renewable.secretHash, anyAttempt(), event()),
}

/** Stores what the patterns read and change. */
export async function preparePatterns(table: Table): Promise<void> {
  await dynamoTenants(table).save(tenant, event())
  await dynamoClients(table).save(client, event())
  await dynamoClients(table).save(changing, event())
  await dynamoClients(table).save(leaving, event())
  await dynamoInitialAccessTokens(table).save(initialToken, event())
  await dynamoResourceServers(table).save(resource, event())
  await dynamoTrustedIssuers(table).save(issuer, event())
  await dynamoRevokedTokens(table).add(t, 'known', later, anyAttempt(), event())
  await dynamoLongCodes(table).keep(long, anyAttempt(), event())
  await dynamoPushedRequests(table).push(pushed, anyAttempt(), event())
  await dynamoUsers(table).save({ user, password: passwordOf(user), event: event() })
  await dynamoGroups(table).save(group, event())
  await dynamoGroups(table).addMember(group, user.id, event())
  await dynamoRefreshFamilies(table).open(family, anyAttempt(), event())
  await dynamoSessions(table).open(session, anyAttempt(), event())
  await dynamoSessions(table).open(renewable, anyAttempt(), event())
  await dynamoConsents(table).grant(consent, event())
  await dynamoFailedPasswords(table).add(t, failureKeys, window, event())
  await dynamoDeviceAuthorizations(table).open(device, anyAttempt(), event())
  await dynamoBackchannelRequests(table).open(asked, anyAttempt(), event())
  await dynamoAttempts(table).add(t, attemptKeys, window, event())
  await dynamoSigningKeys(table).create(signingKey(), event())
  await dynamoSigningKeys(table).create(moving, event())
  await dynamoSealingKeys(table).create(anySealingKey(), event())
  await dynamoSealingKeys(table).create(retiring, event())
}

/** Calls the method of the access pattern once. */
export async function performPattern(id: string, table: Table): Promise<void> {
  const act = acts[id]
  if (!act) throw new Error(`nobody performs ${id}`)
  await act(table)
}

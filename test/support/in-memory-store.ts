import type { AuditEvent } from '#shared/audit/event.ts'
import type { PasswordRecord } from '#shared/authn/password-record.ts'
import type { Consent } from '#shared/consent/consent.ts'
import type { User } from '#shared/directory/user.ts'
import { comparableName } from '#shared/directory/user-name.ts'
import type { PushedRequest } from '#shared/oauth/authorization/pushed-request.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import type { BackchannelRequest } from '#shared/oauth/polling/backchannel-request.ts'
import type { DeviceAuthorization } from '#shared/oauth/polling/device-authorization.ts'
import type { LongCode } from '#shared/oauth/token/long-code.ts'
import type { RefreshFamily } from '#shared/oauth/token/refresh-family.ts'
import type { ResourceServer } from '#shared/oauth/token/resource-server.ts'
import type { TrustedIssuer } from '#shared/oauth/trust/trusted-issuer.ts'
import type { ClientAssertions } from '#shared/ports/repositories/client-assertions.ts'
import type { Clients } from '#shared/ports/repositories/clients.ts'
import type { Consents } from '#shared/ports/repositories/consents.ts'
import type { FailedPasswords } from '#shared/ports/repositories/failed-passwords.ts'
import type { LongCodes } from '#shared/ports/repositories/long-codes.ts'
import type { Outbox } from '#shared/ports/repositories/outbox.ts'
import type { Passwords } from '#shared/ports/repositories/passwords.ts'
import type { PushedRequests } from '#shared/ports/repositories/pushed-requests.ts'
import type { RefreshFamilies } from '#shared/ports/repositories/refresh-families.ts'
import type { ResourceServers } from '#shared/ports/repositories/resource-servers.ts'
import type { RevokedTokens } from '#shared/ports/repositories/revoked-tokens.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { TrustedIssuers } from '#shared/ports/repositories/trusted-issuers.ts'
import type { UsedProofs } from '#shared/ports/repositories/used-proofs.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Session } from '#shared/session/session.ts'
import { attemptsOf, backchannelOf, devicesOf } from './in-memory-polls.ts'

/** What is in the store; arrays that a test may look into and change. */
export class Contents {
  clients: Client[] = []
  users: User[] = []
  passwords: PasswordRecord[] = []
  sessions: Session[] = []
  consents: Consent[] = []
  families: RefreshFamily[] = []
  pushedRequests: PushedRequest[] = []
  longCodes: LongCode[] = []
  devices: DeviceAuthorization[] = []
  backchannel: BackchannelRequest[] = []
  attempts: Record<string, number> = {}
  assertions: string[] = []
  proofs: string[] = []
  resourceServers: ResourceServer[] = []
  revokedTokens: string[] = []
  trustedIssuers: TrustedIssuer[] = []
  failures: Record<string, number> = {}
  groups: readonly string[] = []
  /** Everything that was written, in order. */
  events: AuditEvent[] = []
}

/** Replaces the first entry that matches, and answers the new one. */
function replace<T>(entries: T[], matches: (entry: T) => boolean, change: (entry: T) => T) {
  const at = entries.findIndex(matches)
  const found = entries[at]
  if (found === undefined) return undefined
  const changed = change(found)
  entries[at] = changed
  return changed
}

const clientsOf = (kept: Contents): Pick<Clients, 'find'> => ({
  find: async (tenant, id) => kept.clients.find((c) => c.tenant === tenant && c.id === id),
})

const usersOf = (kept: Contents): Pick<Users, 'find' | 'findIdByUserName'> => ({
  find: async (tenant, id) => kept.users.find((u) => u.tenant === tenant && u.id === id),
  findIdByUserName: async (tenant, userName) =>
    kept.users.find(
      (u) =>
        u.tenant === tenant && comparableName(u.attributes.userName) === comparableName(userName),
    )?.id,
})

const passwordsOf = (kept: Contents): Passwords => ({
  find: async (tenant, user) => kept.passwords.find((p) => p.tenant === tenant && p.user === user),
})

const sessionsOf = (kept: Contents): Sessions => ({
  async open(session, _, event) {
    kept.sessions.push(session)
    kept.events.push(event)
  },
  find: async ({ tenant, user, sid }) =>
    kept.sessions.find((s) => s.tenant === tenant && s.user === user && s.sid === sid),
  ofUser: async (tenant, user) =>
    kept.sessions.filter((s) => s.tenant === tenant && s.user === user),
  async end(handle, now, event) {
    const isOpen = (s: Session) => s.sid === handle.sid && s.endedAt === undefined
    const ended = replace(kept.sessions, isOpen, (s) => ({ ...s, endedAt: now }))
    if (ended) kept.events.push(event)
  },
  async renew(session, replaced, _, event) {
    const isOpen = (s: Session) => s.secretHash === replaced && s.endedAt === undefined
    const renewed = replace(kept.sessions, isOpen, () => session)
    if (renewed) kept.events.push(event)
    return renewed ? 'renewed' : 'gone'
  },
})

const consentsOf = (kept: Contents): Consents => ({
  find: async (tenant, user, client) =>
    kept.consents.find((c) => c.tenant === tenant && c.user === user && c.client === client),
  async grant(consent, event) {
    kept.consents.push(consent)
    kept.events.push(event)
  },
})

/** The rules of single use, without their atomicity, which the contract suite shows on the real engine. */
function familiesOf(kept: Contents): RefreshFamilies {
  const find: RefreshFamilies['find'] = async ({ tenant, user, id }) =>
    kept.families.find((f) => f.tenant === tenant && f.user === user && f.id === id)
  return {
    find,
    ofSession: async ({ tenant, user, sid }) =>
      kept.families.filter((f) => f.tenant === tenant && f.user === user && f.sid === sid),
    async open(family, _attempt, event) {
      const present = await find(family)
      if (present !== undefined) return { kind: 'replayed', family: present }
      kept.families.push(family)
      kept.events.push(event)
      return { kind: 'opened' }
    },
    async rotate(handle, { from, to }, _attempt, event) {
      const present = await find(handle)
      if (present === undefined) return { kind: 'absent' }
      if (present.generation !== from || present.revokedAt !== undefined)
        return { kind: 'replayed', family: present }
      const rotated = to === from ? {} : { rotatedAt: event.time }
      const family = { ...present, generation: to, ...rotated }
      replace(
        kept.families,
        (f) => f === present,
        () => family,
      )
      kept.events.push(event)
      return { kind: 'rotated', family }
    },
    async revoke(handle, revokedAt, event) {
      const present = await find(handle)
      if (present === undefined || present.revokedAt !== undefined) return
      replace(
        kept.families,
        (f) => f === present,
        (f) => ({ ...f, revokedAt }),
      )
      kept.events.push(event)
    },
  }
}

const longCodesOf = (kept: Contents): LongCodes => ({
  async keep(code, _, event) {
    kept.longCodes.push(code)
    kept.events.push(event)
  },
  find: async (tenant, jti) => kept.longCodes.find((c) => c.tenant === tenant && c.jti === jti),
})

const pushedRequestsOf = (kept: Contents): PushedRequests => ({
  async push(request, _, event) {
    kept.pushedRequests.push(request)
    kept.events.push(event)
  },
  find: async (tenant, referenceHash) =>
    kept.pushedRequests.find((r) => r.tenant === tenant && r.referenceHash === referenceHash),
  async use({ referenceHash }, usedAt, _, event) {
    const isUnused = (r: PushedRequest) =>
      r.referenceHash === referenceHash && r.usedAt === undefined
    const used = replace(kept.pushedRequests, isUnused, (r) => ({ ...r, usedAt }))
    if (used) kept.events.push(event)
    return used ? 'fresh' : 'used'
  },
})

const failedPasswordsOf = (kept: Contents): FailedPasswords => ({
  count: async (_tenant, keys) => ({
    account: kept.failures[keys.account] ?? 0,
    address: kept.failures[keys.address] ?? 0,
  }),
  async add(_tenant, keys, _window, event) {
    for (const key of [keys.account, keys.address]) {
      kept.failures[key] = (kept.failures[key] ?? 0) + 1
    }
    kept.events.push(event)
    return {
      account: kept.failures[keys.account] ?? 0,
      address: kept.failures[keys.address] ?? 0,
    }
  },
})

const assertionsOf = (kept: Contents): ClientAssertions => ({
  async use(tenant, client, jti) {
    const marker = `${tenant} ${client} ${jti}`
    if (kept.assertions.includes(marker)) return 'used'
    kept.assertions.push(marker)
    return 'fresh'
  },
})

const proofsOf = (kept: Contents): UsedProofs => ({
  async use(tenant, jkt, jti) {
    const marker = `${tenant} ${jkt} ${jti}`
    if (kept.proofs.includes(marker)) return 'used'
    kept.proofs.push(marker)
    return 'fresh'
  },
})

const resourceServersOf = (kept: Contents): Pick<ResourceServers, 'find'> => ({
  find: async (tenant, identifier) =>
    kept.resourceServers.find((r) => r.tenant === tenant && r.identifier === identifier),
})

const trustedIssuersOf = (kept: Contents): Pick<TrustedIssuers, 'find'> => ({
  find: async (tenant, issuer) =>
    kept.trustedIssuers.find((each) => each.tenant === tenant && each.issuer === issuer),
})

const revokedTokensOf = (kept: Contents): RevokedTokens => ({
  has: async (tenant, jti) => kept.revokedTokens.includes(`${tenant} ${jti}`),
  async add(tenant, jti, _expiresAt, _attempt, event) {
    if (kept.revokedTokens.includes(`${tenant} ${jti}`)) return
    kept.revokedTokens.push(`${tenant} ${jti}`)
    kept.events.push(event)
  },
})

const outboxOf = (kept: Contents): Outbox => ({
  async put(_tenant, event) {
    kept.events.push(event)
  },
})

/** The repositories that the flows use, over plain arrays. */
export function inMemoryStore(seed: Partial<Contents> = {}) {
  const kept = Object.assign(new Contents(), seed)
  return {
    kept,
    clients: { ...clientsOf(kept), save: notUsed },
    users: { ...usersOf(kept), save: notUsed },
    passwords: passwordsOf(kept),
    sessions: sessionsOf(kept),
    consents: consentsOf(kept),
    refreshFamilies: familiesOf(kept),
    pushedRequests: pushedRequestsOf(kept),
    longCodes: longCodesOf(kept),
    deviceAuthorizations: devicesOf(kept),
    backchannelRequests: backchannelOf(kept),
    attempts: attemptsOf(kept),
    failedPasswords: failedPasswordsOf(kept),
    clientAssertions: assertionsOf(kept),
    usedProofs: proofsOf(kept),
    outbox: outboxOf(kept),
    resourceServers: { ...resourceServersOf(kept), save: notUsed },
    revokedTokens: revokedTokensOf(kept),
    trustedIssuers: { ...trustedIssuersOf(kept), save: notUsed },
    groups: { namesOf: async () => kept.groups },
  }
}

const notUsed = () => Promise.reject(new Error('no flow under test saves this'))

import { type SessionId, trusted } from '#shared/kernel/ids.ts'
import { Secret } from '#shared/kernel/secret.ts'
import type { Session } from '#shared/session/session.ts'
import { sessionCookieValue, sessionHash } from '#shared/session/session-cookie.ts'
import { openInteraction } from '#shared/signin/flows/interactions.ts'
import type { Interaction } from '#shared/signin/interaction.ts'
import {
  client,
  clockAt,
  countingRandom,
  now,
  region,
  session,
  tenant,
  user,
  userId,
} from './builders.ts'
import {
  noHttp,
  plainAssertions,
  plainHasher,
  plainProtection,
  plainSealer,
  plainVerifier,
} from './fake-ports.ts'
import { type Contents, inMemoryStore } from './in-memory-store.ts'

/** A session and the cookie that leads to it; another letter is another session. */
export function signedInAs(letter: string, more: Partial<Session> = {}) {
  const secret = new Secret(letter.repeat(43))
  const sid = trusted<SessionId>(letter.repeat(22))
  return {
    cookie: sessionCookieValue(region, { user: userId, sid, secret }).reveal(),
    session: session({ sid, secretHash: sessionHash(secret), ...more }),
  }
}

/** The one session that a `browserWorld` has. */
export const { cookie: sessionCookie, session: cookieSession } = signedInAs('i')

/** The cookie that the pages are bound to. */
export const browserCookie = 'b'.repeat(43)

/** What the endpoints that people see rest on: one client, one user who is signed in. */
export function browserWorld(seed: Partial<Contents> = {}) {
  const store = inMemoryStore({
    clients: [client()],
    users: [user()],
    sessions: [cookieSession],
    ...seed,
  })
  const sealer = plainSealer()
  const random = countingRandom()
  const ports = {
    ...store,
    sealer,
    ...plainProtection,
    protection: async () => plainProtection,
    frontChannel: async () => ({ ...store, ...plainProtection, sealer, random, region }),
    assertionVerifier: plainAssertions,
    requestObjects: plainAssertions,
    httpClient: noHttp,
    idTokens: plainVerifier,
    accessTokens: plainVerifier,
    passwordHasher: plainHasher(),
    clock: clockAt(),
    random,
    region,
  }
  return { ports, kept: store.kept }
}

/** The sealed interaction that one of our own locations carries. */
export const interactionIn = (location: string): string =>
  new URL(location, tenant().issuer).searchParams.get('interaction') ?? ''

/** The interaction that a location carries, as the browser that began may open it. */
export const openedFrom = (
  { ports }: ReturnType<typeof browserWorld>,
  location: string,
  browser = browserCookie,
): Promise<Interaction> =>
  openInteraction(ports.sealer, tenant(), { interaction: interactionIn(location), browser }, now)

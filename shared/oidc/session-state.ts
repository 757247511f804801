import { createHash } from 'node:crypto'
import type { ClientId } from '#shared/kernel/ids.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { browserState } from '#shared/session/browser-state.ts'
import type { Session } from '#shared/session/session.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/** What a session state is made of. */
export interface SessionStateFacts {
  readonly client: ClientId
  /** Origin of the client's page that will ask. */
  readonly origin: string
  /** What the browser keeps for scripts to compare. */
  readonly browserState: string
  readonly salt: string
}

/**
 * What a client keeps of the state of the browser: our page in its frame computes the same while nothing has changed.
 *
 * @spec https://openid.net/specs/openid-connect-session-1_0.html#OPiframe
 */
export function sessionState({ client, origin, browserState, salt }: SessionStateFacts): string {
  const text = [client, origin, browserState, salt].join(' ')
  return `${createHash('sha256').update(text).digest('hex')}.${salt}`
}

/**
 * The origin that the pages of a redirect URI have, `undefined` for an app that has none.
 *
 * @spec https://openid.net/specs/openid-connect-session-1_0.html#CreatingUpdatingSessions
 */
export function originOfRedirectUri(redirectUri: string): string | undefined {
  const { origin } = new URL(redirectUri)
  return origin === 'null' ? undefined : origin
}

/** Only the OpenID Connect profile has it: the others want answers without anything that they do not name. */
export const offersSessionManagement = ({ settings }: Pick<Tenant, 'settings'>): boolean =>
  (settings.profile ?? 'baseline') === 'baseline'

/**
 * The parameters of an authentication response that let its client watch the session.
 *
 * @spec https://openid.net/specs/openid-connect-session-1_0.html#CreatingUpdatingSessions
 */
export function sessionStateParameters(
  tenant: Pick<Tenant, 'settings'>,
  grant: {
    readonly client: Client
    readonly redirectUri: string
    readonly scopes: readonly string[]
    readonly session: Session
  },
  salt: string,
): Readonly<Record<string, string>> {
  const origin = originOfRedirectUri(grant.redirectUri)
  const isAuthentication = grant.scopes.includes('openid') && offersSessionManagement(tenant)
  if (!isAuthentication || origin === undefined) return {}
  const { id: client } = grant.client
  const state = browserState(grant.session.secretHash)
  return { session_state: sessionState({ client, origin, browserState: state, salt }) }
}

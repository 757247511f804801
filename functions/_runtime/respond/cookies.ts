import type { Secret } from '#shared/kernel/secret.ts'
import { browserStateCookieName, browserStateOf } from '#shared/session/browser-state.ts'
import { browserCookieName, sessionCookieName } from '#shared/session/session-cookie.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'

/**
 * `Lax`: sent when another site sends a person here, withheld from its forms and frames.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2
 */
const attributes = (tenant: Tenant): string =>
  `Path=${new URL(tenant.issuer).pathname}; Secure; HttpOnly; SameSite=Lax`

/** Kept until the browser is closed: the session's own end is decided by the table. */
export const sessionCookie = (tenant: Tenant, value: Secret): string =>
  `${sessionCookieName}=${value.reveal()}; ${attributes(tenant)}`

export const clearedSessionCookie = (tenant: Tenant): string =>
  `${sessionCookieName}=; Max-Age=0; ${attributes(tenant)}`

/**
 * For scripts of our own page in a frame of the client's: it holds no secret, and ends with the session.
 *
 * @spec https://openid.net/specs/openid-connect-session-1_0.html#OPiframe
 */
const stateAttributes = (tenant: Tenant): string =>
  `Path=${new URL(tenant.issuer).pathname}; Secure; SameSite=None`

export const browserStateCookie = (tenant: Tenant, session: Secret): string =>
  `${browserStateCookieName}=${browserStateOf(session)}; Max-Age=${tenant.settings.sessionLifetime}; ${stateAttributes(tenant)}`

export const clearedBrowserStateCookie = (tenant: Tenant): string =>
  `${browserStateCookieName}=; Max-Age=0; ${stateAttributes(tenant)}`

export const browserCookie = (tenant: Tenant, value: string): string =>
  `${browserCookieName}=${value}; ${attributes(tenant)}`

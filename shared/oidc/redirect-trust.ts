import type { Client } from '#shared/oauth/client/client.ts'
import { isStranger } from '#shared/oauth/client/client-origin.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { SentAuthorizationRequest } from './messages/sent-request.ts'

/** What is known of a request before its parameters are checked. */
interface AskedRequest {
  readonly sent: SentAuthorizationRequest
  /** The interaction it comes back from, absent for a new request. */
  readonly resumed: object | undefined
}

/**
 * True where a refusal goes straight back to the app, and not to the person.
 *
 * Anybody can become an app that nobody answers for, with a trap for its address, and a request that
 * must fail would carry people there from our own. They are told here, unless they have signed in or
 * answered already, or the app wants no page at all.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2
 */
export const isSentBack = (tenant: Tenant, client: Client, asked: AskedRequest): boolean =>
  asked.resumed !== undefined ||
  asked.sent.parameters.get('prompt') === 'none' ||
  !isStranger(tenant, client)

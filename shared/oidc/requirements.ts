import type { UserId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, epochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { isUnproven } from '#shared/oauth/client/public-client.ts'
import type { ResourceServer } from '#shared/oauth/token/resource-server.ts'
import type { Session } from '#shared/session/session.ts'
import type { ConsentService, Requirements } from '#shared/signin/interaction.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { requiredMethods } from './acr.ts'
import { scopesOfClaims } from './claims-parameter.ts'
import { consentDetails } from './consent-details.ts'
import type { AuthorizationRequest } from './messages/authorization-request.ts'

interface Asked {
  readonly tenant: Tenant
  readonly client: Client
  readonly request: AuthorizationRequest
  /** Those that the request names. */
  readonly resources: readonly ResourceServer[]
  /** The user that a verified `id_token_hint` names. */
  readonly subject: UserId | undefined
  /** The live session at the start. */
  readonly session: Session | undefined
  readonly now: EpochSeconds
}

/**
 * Translates an authorization request into what must be true of the session and the consent.
 *
 * It is decided once, when the request arrives: a request that comes back from the pages is held to
 * the same, so that it cannot ask again and again.
 *
 * @spec https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 */
export function requirementsOf(given: Asked): Requirements {
  const { tenant, request } = given
  const age = asksToAuthenticate(request) ? 0 : request.maxAge
  return withoutAbsent({
    authenticatedSince: age === undefined ? undefined : epochSeconds(given.now - age),
    otherThan: asksToAuthenticate(request) ? given.session?.secretHash : undefined,
    methods: requiredMethods(tenant, request.acr),
    subject: given.subject,
    consent: requiredConsent(given),
  })
}

/**
 * What the person is asked to allow; a claim that is asked for by name stands for its scope.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc9396#section-1 what is this very transaction was never allowed before
 * @spec https://www.rfc-editor.org/rfc/rfc8252#section-8.6 what was allowed before may have been another app's
 */
function requiredConsent({
  tenant,
  client,
  resources,
  request: { prompt, scopes, claims, authorizationDetails },
}: Asked): Requirements['consent'] {
  if (client.skipConsent && !prompt.has('consent')) return undefined
  return {
    scopes: [...new Set([...scopes, ...scopesOfClaims(claims)])],
    again: prompt.has('consent') || authorizationDetails !== undefined || isUnproven(client),
    ...withoutAbsent({
      services: resources.length === 0 ? undefined : resources.map(asService),
      details: consentDetails(tenant, authorizationDetails),
    }),
  }
}

const asService = ({ identifier, name }: ResourceServer): ConsentService => ({
  resource: identifier,
  name,
})

/** `max_age=0` says the same as `prompt=login`: seconds are too coarse to tell a moment ago from now. */
const asksToAuthenticate = ({ prompt, maxAge }: AuthorizationRequest): boolean =>
  prompt.has('login') || prompt.has('select_account') || maxAge === 0

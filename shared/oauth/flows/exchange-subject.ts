import { unverifiedClaim } from '#shared/jose/unverified-jwt.ts'
import type { ClientId } from '#shared/kernel/ids.ts'
import { type EpochSeconds, epochSeconds, isExpired } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { ResourceServers } from '#shared/ports/repositories/resource-servers.ts'
import type { Sessions } from '#shared/ports/repositories/sessions.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import { narrowScopes } from '../authorization/scope.ts'
import { invalidRequest } from '../errors.ts'
import type { TokenExchangeRequest } from '../messages/token-exchange-request.ts'
import { isSameConfirmation } from '../possession/confirmation.ts'
import type { AccessToken } from '../token/access-token.ts'
import type { Actor } from '../token/actor.ts'
import type { ExternalClaims } from '../trust/trusted-issuer.ts'
import { concerns } from './concerns.ts'
import { type ExternalUserPorts, externalUser } from './external-user.ts'
import type { GrantContext } from './grant-context.ts'
import { verifyGrantee } from './grantee.ts'
import type { AccessTokenGrant } from './issue-access-token.ts'
import { type AccessTokenOpeningPorts, openAccessToken } from './open-access-token.ts'
import type { Entitlement } from './open-external-line.ts'
import { type StandingPorts, standingOf } from './standing-of.ts'
import { sessionOfId, subjectFor, userOfSubject } from './subjects.ts'

export type SubjectPorts = AccessTokenOpeningPorts &
  StandingPorts &
  ExternalUserPorts & {
    readonly resourceServers: Pick<ResourceServers, 'find'>
    readonly users: Users
    readonly sessions: Sessions
  }

/** What a token that is brought to be exchanged is worth to the client that brings it. */
export interface BroughtSubject {
  /** The client that it was issued to, if it was issued here. */
  readonly issuedTo?: ClientId
  /** Who has acted for the subject so far. */
  readonly actor?: Actor
  /** What another issuer says. */
  readonly claims?: ExternalClaims
  /** A token of ours goes on with its line; whatever else says who a user is begins one. */
  readonly worth:
    | { readonly kind: 'token'; readonly grant: ExchangedGrant }
    | { readonly kind: 'user'; readonly grant: Entitlement }
}

type ExchangedGrant = AccessTokenGrant & { readonly resources: readonly string[] }

const refusedSubject = (rule: string) =>
  invalidRequest(`oauth/token-exchange/subject-${rule}`, 'subject_token is not acceptable')

/**
 * Verifies the token of the party on whose behalf the new one is asked for, and that it still stands.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc8693#section-2.1
 * @spec https://www.rfc-editor.org/rfc/rfc8693#section-2.2.2 `invalid_request` for an unacceptable token
 * @throws ProtocolError `invalid_request` or `invalid_scope`
 */
export const broughtSubject =
  (ports: SubjectPorts) =>
  async (context: GrantContext, request: TokenExchangeRequest): Promise<BroughtSubject> => {
    const { type } = request.subject
    const token = request.subject.token.reveal()
    const isOurs = [undefined, context.tenant.issuer].includes(unverifiedClaim(token, 'iss'))
    if (type.endsWith(':access_token') || (isOurs && type.endsWith(':jwt'))) {
      return ofAccessToken(ports, context, token, request.scopes)
    }
    if (isOurs) return ofIdToken(ports, context, token, request.scopes)
    const user = await externalUser(ports, refusedSubject)(context, token, request.scopes)
    const { identity, entitlement } = user
    const grant = { ...entitlement, notAfter: identity.expiresAt }
    return { claims: identity.claims, worth: { kind: 'user', grant } }
  }

async function ofAccessToken(
  ports: SubjectPorts,
  context: GrantContext,
  presented: string,
  requested: readonly string[],
): Promise<BroughtSubject> {
  const { tenant, client, now } = context
  const token = await openAccessToken(ports)(tenant, presented)
  if (token === undefined || isExpired(token.expiresAt, now)) throw refusedSubject('token')
  if (!(await concerns(ports)(tenant.id, client, token))) throw refusedSubject('other-client')
  const standing = await standingOf(ports)(tenant.id, token, now, client)
  if (standing === undefined) throw refusedSubject('revoked')
  verifyBinding(token, context)
  const scopes = token.scopes.filter((scope) => client.scopes.includes(scope))
  const { line, authTime, acr, authorizationDetails, actor } = token
  const subject = line ? await subjectFor(ports)(tenant, client, line.user) : token.subject
  const grant = {
    subject,
    scopes: narrowScopes(requested, scopes),
    resources: [token.audience].flat(),
    notAfter: token.expiresAt,
    ...withoutAbsent({
      authTime,
      acr,
      authorizationDetails,
      family: line && { user: line.user, id: line.family },
    }),
  }
  return { issuedTo: token.client, worth: { kind: 'token', grant }, ...withoutAbsent({ actor }) }
}

/** Whoever got a bound token must prove its key; a resource server has seen the proof itself. */
function verifyBinding(token: AccessToken, { client, confirmation }: GrantContext): void {
  if (token.confirmation === undefined || token.client !== client.id) return
  if (!isSameConfirmation(token.confirmation, confirmation)) throw refusedSubject('binding')
}

/** An ID token says who somebody is to its client alone, and allows nothing but what nobody is asked for. */
async function ofIdToken(
  ports: SubjectPorts,
  context: GrantContext,
  presented: string,
  requested: readonly string[],
): Promise<BroughtSubject> {
  const { tenant, client } = context
  const claims = await ports.accessTokens.verify(tenant, 'JWT', presented)
  if (claims === undefined || claims['aud'] !== client.id) throw refusedSubject('id-token')
  const entitlement = await sessionUser(ports, context, claims)
  const scopes = narrowScopes(requested, client.skipConsent ? client.scopes : [])
  const grant = { ...entitlement, scopes, resources: [] }
  return { issuedTo: client.id, worth: { kind: 'user', grant } }
}

async function sessionUser(
  ports: SubjectPorts,
  context: GrantContext,
  claims: Readonly<Record<string, unknown>>,
): Promise<Pick<Entitlement, 'notAfter' | 'sid' | 'since' | 'user'>> {
  const [notAfter, issuedAt, authTime] = [claims['exp'], claims['iat'], claims['auth_time']].map(
    momentOf,
  )
  const user = await userOfSubject(ports)(context.tenant, String(claims['sub']))
  const sid = await sessionOfId(ports)(context.tenant, String(claims['sid'] ?? ''))
  const isComplete = user && sid && notAfter && issuedAt && authTime
  if (!isComplete || isExpired(notAfter, context.now)) throw refusedSubject('id-token')
  const grantee = { user, sid, authTime, issuedAt, offline: false }
  await verifyGrantee(ports)(context, grantee).catch(() => {
    throw refusedSubject('revoked')
  })
  return { user, sid, since: authTime, notAfter }
}

const momentOf = (value: unknown): EpochSeconds | undefined =>
  typeof value === 'number' ? epochSeconds(value) : undefined

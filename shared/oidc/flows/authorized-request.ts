import type { FamilyId } from '#shared/kernel/ids.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Authorization } from '#shared/oauth/authorization/authorization.ts'
import type { Addressee } from '#shared/oauth/flows/answer-client.ts'
import type { Session } from '#shared/session/session.ts'
import { acrOf } from '../acr.ts'
import type { AuthorizationRequest } from '../messages/authorization-request.ts'

/** A request with nothing left to ask the person, and who waits for its answer. */
export interface AuthorizedRequest extends Addressee {
  readonly request: AuthorizationRequest
  /** Those that the person has allowed. */
  readonly scopes: readonly string[]
  readonly session: Session
  readonly address: string
}

/** What the person has authorized with it. */
export function authorizationOf(
  { tenant, request, scopes, session, now }: AuthorizedRequest,
  jti: FamilyId,
): Authorization {
  const { user, sid, authTime, amr } = session
  const { resources, authorizationDetails, claims, nonce } = request
  return {
    jti,
    user,
    sid,
    scopes,
    authTime,
    amr,
    issuedAt: now,
    ...withoutAbsent({
      acr: acrOf(tenant, amr, request.acr?.values),
      resources: resources.length === 0 ? undefined : resources,
      authorizationDetails,
      claims,
      nonce,
    }),
  }
}

import { type FamilyId, trusted } from '#shared/kernel/ids.ts'
import type { EpochSeconds } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Authorization } from '#shared/oauth/authorization/authorization.ts'
import type { PolledAuthorization } from '#shared/oauth/polling/polled-authorization.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Session } from '#shared/session/session.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { acrOf } from '../acr.ts'

/** Who says yes, and when. */
interface Allowing {
  readonly tenant: Tenant
  readonly session: Session
  readonly now: EpochSeconds
}

/** What a person allows who says yes to a client that polls: all that it has asked for. */
export function allowedAuthorization(
  { random }: { readonly random: Random },
  { tenant, session: { user, sid, authTime, amr }, now }: Allowing,
  { scopes, resources, authorizationDetails }: PolledAuthorization,
  acrValues?: readonly string[],
): Authorization {
  const jti = trusted<FamilyId>(random.id())
  const acr = acrOf(tenant, amr, acrValues)
  const optional = withoutAbsent({ acr, resources, authorizationDetails })
  return { jti, user, sid, scopes, authTime, amr, issuedAt: now, ...optional }
}

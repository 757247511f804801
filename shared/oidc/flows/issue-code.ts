import type { AuditEvent } from '#shared/audit/event.ts'
import { withRegion } from '#shared/kernel/home-region.ts'
import { type AttemptId, type FamilyId, type Region, trusted } from '#shared/kernel/ids.ts'
import { versioned } from '#shared/kernel/sealed-content.ts'
import { plus } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import { redirectUriHash } from '#shared/oauth/client/redirect-uri.ts'
import {
  type AuthorizationCode,
  authorizationCodeLifetime,
} from '#shared/oauth/token/authorization-code.ts'
import { maximalCodeLength } from '#shared/oauth/token/long-code.ts'
import type { Random } from '#shared/ports/random.ts'
import type { LongCodes } from '#shared/ports/repositories/long-codes.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { type AuthorizedRequest, authorizationOf } from './authorized-request.ts'

export interface CodePorts {
  readonly longCodes: Pick<LongCodes, 'keep'>
  readonly sealer: Sealer
  readonly random: Random
  readonly region: Region
}

/**
 * Seals everything that the token endpoint will need into the code itself; nothing is written, unless it
 * would be too long.
 *
 * @param beside the family of what is handed out beside the code
 */
export const issueCode =
  (ports: CodePorts) =>
  async (authorized: AuthorizedRequest, beside: FamilyId | undefined): Promise<string> => {
    const { tenant, client, target, request, now } = authorized
    const { challenge, dpopJkt } = request
    const code: AuthorizationCode = {
      ...authorizationOf(authorized, trusted<FamilyId>(ports.random.id())),
      client: client.id,
      redirectUriHash: redirectUriHash(target.redirectUri),
      expiresAt: plus(now, authorizationCodeLifetime),
      ...withoutAbsent({ challenge, dpopJkt, beside }),
    }
    const seal = (content: AuthorizationCode) =>
      ports.sealer.seal('code', tenant.id, versioned(content))
    const sealed = await seal(code)
    if (sealed.length <= maximalCodeLength) return withRegion(ports.region, sealed)
    await keep(ports, authorized, code)
    return withRegion(ports.region, await seal(shortened(code)))
  }

function shortened({
  authorizationDetails: _details,
  claims: _claims,
  nonce: _nonce,
  resources: _resources,
  ...rest
}: AuthorizationCode): AuthorizationCode {
  return { ...rest, isLong: true }
}

async function keep(
  ports: CodePorts,
  { tenant, client, session, now, address }: AuthorizedRequest,
  code: AuthorizationCode,
): Promise<void> {
  const { user } = session
  const attempt = trusted<AttemptId>(ports.random.id())
  const event: AuditEvent = {
    id: ports.random.id(),
    time: now,
    activity: 'request-answered',
    user,
    client: client.id,
    address,
  }
  await ports.longCodes.keep({ ...code, tenant: tenant.id }, attempt, event)
}

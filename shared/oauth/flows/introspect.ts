import { type EpochSeconds, isExpired } from '#shared/kernel/time.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { ResourceServers } from '#shared/ports/repositories/resource-servers.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { Client } from '../client/client.ts'
import { isPublicClient } from '../client/public-client.ts'
import { invalidClient } from '../errors.ts'
import type { IntrospectionRequest } from '../messages/introspection-request.ts'
import {
  type Introspection,
  inactive,
  introspectedAccessToken,
  introspectedRefreshToken,
  introspectionJwtClaims,
} from '../token/introspection.ts'
import { isNewest, type RefreshToken } from '../token/refresh-token.ts'
import { isClientValid } from '../token/standing.ts'
import { afterAuthentication } from './after-authentication.ts'
import { authenticateClient, type ClientAuthenticationPorts } from './authenticate-client.ts'
import { concerns } from './concerns.ts'
import { type AccessTokenOpeningPorts, openAccessToken } from './open-access-token.ts'
import { openRefreshToken } from './open-refresh-token.ts'
import { type ProtectionPorts, protectResponse } from './protect-response.ts'
import { type StandingPorts, standingLine, standingOf } from './standing-of.ts'
import { subjectFor } from './subjects.ts'

type IntrospectionPorts = ClientAuthenticationPorts &
  AccessTokenOpeningPorts &
  StandingPorts &
  ProtectionPorts & {
    readonly resourceServers: Pick<ResourceServers, 'find'>
    readonly clock: Clock
  }

/** Who asks, where and when. */
interface Inquiry {
  readonly tenant: Tenant
  readonly caller: Client
  readonly now: EpochSeconds
}

/** An answer as JSON, or as a JWT. */
export type IntrospectionAnswer = Introspection | { readonly jwt: string }

/**
 * Says what a token is worth, to a client that proves to be one that the token concerns.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc7662#section-2
 * @spec https://www.rfc-editor.org/rfc/rfc9701#section-5
 * @throws ProtocolError `invalid_client`
 */
export const introspect =
  (ports: IntrospectionPorts) =>
  async (tenant: Tenant, request: IntrospectionRequest): Promise<IntrospectionAnswer> => {
    const now = ports.clock.now()
    const caller = await authenticateClient(ports)(tenant, request.client, now)
    if (isPublicClient(caller)) {
      throw invalidClient('oauth/introspection/public-client', 'introspection needs authentication')
    }
    const answer = async () => {
      const inquiry = { tenant, caller, now }
      const introspection = await inspect(ports, inquiry, request.token.reveal())
      return request.wantsJwt ? asJwt(ports, inquiry, introspection) : introspection
    }
    return afterAuthentication(request.client, answer)
  }

async function asJwt(
  ports: IntrospectionPorts,
  { tenant, caller, now }: Inquiry,
  introspection: Introspection,
): Promise<IntrospectionAnswer> {
  const claims = introspectionJwtClaims(tenant.issuer, caller.id, introspection, now)
  const jwt = await protectResponse(ports)(tenant, caller, {
    typ: 'token-introspection+jwt',
    claims,
    protection: caller.introspection,
  })
  return { jwt }
}

/** @param presented unverified */
async function inspect(
  ports: IntrospectionPorts,
  inquiry: Inquiry,
  presented: string,
): Promise<Introspection> {
  const { tenant, now } = inquiry
  const refreshToken = await openRefreshToken(ports)(tenant.id, presented)
  if (refreshToken !== undefined) return inspectRefreshToken(ports, inquiry, refreshToken)
  const token = await openAccessToken(ports)(tenant, presented)
  if (token === undefined || isExpired(token.expiresAt, now)) return inactive
  if (!(await concerns(ports)(tenant.id, inquiry.caller, token))) return inactive
  const standing = await standingOf(ports)(tenant.id, token, now, inquiry.caller)
  if (standing === undefined) return inactive
  const userName = standing.line?.user.attributes.userName
  return introspectedAccessToken(tenant.issuer, token, userName)
}

/** A refresh token is the business of its own client alone. */
async function inspectRefreshToken(
  ports: IntrospectionPorts,
  { tenant, caller, now }: Inquiry,
  token: RefreshToken,
): Promise<Introspection> {
  if (token.client !== caller.id) return inactive
  const line = await standingLine(ports)(tenant.id, token, now)
  if (line === undefined || !isNewest(token, line.family)) return inactive
  if (!isClientValid(caller, line.family.openedAt)) return inactive
  if (isExpired(line.family.expiresAt, now)) return inactive
  const subject = await subjectFor(ports)(tenant, caller, token.user)
  return introspectedRefreshToken(tenant.issuer, line.family, subject)
}

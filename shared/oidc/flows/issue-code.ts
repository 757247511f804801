import { withRegion } from '#shared/kernel/home-region.ts'
import { type FamilyId, type Region, trusted } from '#shared/kernel/ids.ts'
import { versioned } from '#shared/kernel/sealed-content.ts'
import { type EpochSeconds, plus } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import {
  type AuthorizationCode,
  authorizationCodeLifetime,
} from '#shared/oauth/authorization-code.ts'
import type { Client } from '#shared/oauth/client.ts'
import { redirectUriHash } from '#shared/oauth/redirect-uri.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { Session } from '#shared/session/session.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import type { AuthorizationRequest } from '../messages/authorization-request.ts'

/** What the code is issued for. */
export interface CodeGrant {
  readonly client: Client
  readonly redirectUri: string
  readonly request: AuthorizationRequest
  readonly scopes: readonly string[]
  readonly session: Session
}

/** Seals everything that the token endpoint will need into the code itself; nothing is written. */
export const issueCode =
  (ports: { readonly sealer: Sealer; readonly random: Random; readonly region: Region }) =>
  async (tenant: Tenant, grant: CodeGrant, now: EpochSeconds): Promise<string> => {
    const { request, session } = grant
    const code: AuthorizationCode = {
      jti: trusted<FamilyId>(ports.random.id()),
      client: grant.client.id,
      redirectUriHash: redirectUriHash(grant.redirectUri),
      user: session.user,
      sid: session.sid,
      scopes: grant.scopes,
      authTime: session.authTime,
      amr: session.amr,
      issuedAt: now,
      expiresAt: plus(now, authorizationCodeLifetime),
      ...withoutAbsent({ challenge: request.challenge, nonce: request.nonce }),
    }
    const sealed = await ports.sealer.seal('code', tenant.id, versioned(code))
    return withRegion(ports.region, sealed)
  }

import { withRegion } from '#shared/kernel/home-region.ts'
import { type FamilyId, type Region, trusted } from '#shared/kernel/ids.ts'
import { versioned } from '#shared/kernel/sealed-content.ts'
import { plus } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import {
  type AuthorizationCode,
  authorizationCodeLifetime,
} from '#shared/oauth/authorization-code.ts'
import { redirectUriHash } from '#shared/oauth/redirect-uri.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import { type AuthorizedRequest, authorizationOf } from './authorized-request.ts'

/**
 * Seals everything that the token endpoint will need into the code itself; nothing is written.
 *
 * @param beside the family of what is handed out beside the code
 */
export const issueCode =
  (ports: { readonly sealer: Sealer; readonly random: Random; readonly region: Region }) =>
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
    const sealed = await ports.sealer.seal('code', tenant.id, versioned(code))
    return withRegion(ports.region, sealed)
  }

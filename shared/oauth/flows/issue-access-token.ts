import { withRegion } from '#shared/kernel/home-region.ts'
import type { Region, UserId } from '#shared/kernel/ids.ts'
import { versioned } from '#shared/kernel/sealed-content.ts'
import { type EpochSeconds, epochSeconds, plus } from '#shared/kernel/time.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { TokenSigner } from '#shared/ports/token-signer.ts'
import { accessTokenClaims } from '../access-token.ts'
import type { AuthorizationDetail } from '../authorization.ts'
import type { RefreshFamily } from '../refresh-family.ts'
import type { GrantContext } from './grant-context.ts'

export interface AccessTokenPorts {
  readonly signer: TokenSigner
  readonly sealer: Sealer
  readonly random: Random
  readonly region: Region
}

/** What an access token is issued for. */
export interface AccessTokenGrant {
  /** Whom it speaks of: a user, or the client itself. */
  readonly subject: string
  readonly scopes: readonly string[]
  readonly resources?: readonly string[]
  readonly authorizationDetails?: readonly AuthorizationDetail[]
  readonly authTime?: EpochSeconds
  readonly acr?: string
  /** The line of tokens it belongs to; a client that acts for itself has none. */
  readonly family?: Pick<RefreshFamily, 'user' | 'id'>
  /** It ends then at the latest. */
  readonly notAfter?: EpochSeconds
}

export interface IssuedAccessToken {
  readonly token: string
  readonly expiresAt: EpochSeconds
}

/** Issues an access token; nothing is written. */
export const issueAccessToken =
  (ports: AccessTokenPorts) =>
  async (context: GrantContext, grant: AccessTokenGrant): Promise<IssuedAccessToken> => {
    const { tenant, client, now } = context
    const end = plus(now, tenant.settings.accessTokenLifetime)
    const expiresAt = epochSeconds(Math.min(end, grant.notAfter ?? end))
    const claims = accessTokenClaims({
      issuer: tenant.issuer,
      subject: grant.subject,
      audience: audienceOf(tenant.issuer, grant.resources),
      client: client.id,
      scopes: grant.scopes,
      jti: withRegion(ports.region, ports.random.id()),
      issuedAt: now,
      expiresAt,
      ...withoutAbsent({
        authTime: grant.authTime,
        acr: grant.acr,
        authorizationDetails: grant.authorizationDetails,
        confirmation: context.confirmation,
        handle: grant.family && (await sealHandle(ports, context, grant.family)),
      }),
    })
    return { token: await ports.signer.sign(tenant, { typ: 'at+jwt' }, claims), expiresAt }
  }

/** @spec https://www.rfc-editor.org/rfc/rfc9068#section-3 a default where no resource is named */
function audienceOf(issuer: string, resources: readonly string[] = []): string | readonly string[] {
  const [only = issuer, ...others] = resources
  return others.length === 0 ? only : resources
}

function sealHandle(
  ports: AccessTokenPorts,
  { tenant }: GrantContext,
  family: { readonly user: UserId; readonly id: RefreshFamily['id'] },
): Promise<string> {
  const handle = versioned({ user: family.user, family: family.id })
  return ports.sealer.sealDeterministically('handle', tenant.id, handle)
}

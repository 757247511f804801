import { withRegion } from '#shared/kernel/home-region.ts'
import type { Generation, Region } from '#shared/kernel/ids.ts'
import { versioned } from '#shared/kernel/sealed-content.ts'
import { type EpochSeconds, epochSeconds, plus, seconds } from '#shared/kernel/time.ts'
import type { Random } from '#shared/ports/random.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { TokenSigner } from '#shared/ports/token-signer.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { accessTokenClaims } from '../access-token.ts'
import type { IdTokenFacts } from '../id-token-facts.ts'
import type { TokenResponse } from '../messages/token-response.ts'
import type { RefreshFamily } from '../refresh-family.ts'
import type { RefreshToken } from '../refresh-token.ts'

export interface MintingPorts {
  readonly signer: TokenSigner
  readonly sealer: Sealer
  readonly random: Random
  readonly region: Region
  /** OpenID Connect's rule, handed in because OAuth does not know it. */
  readonly idTokenClaims: (facts: IdTokenFacts) => Readonly<Record<string, unknown>>
}

/** What is minted from a family: now, for these scopes. */
export interface Minting {
  readonly family: RefreshFamily
  readonly scopes: readonly string[]
  readonly nonce?: string
  /** Generation of the refresh token to hand out; absent for a client that gets none. */
  readonly generation: Generation | undefined
}

/** Signs everything before anything is committed: a failing signer must not burn a code. */
export const mintTokens =
  (ports: MintingPorts) =>
  async (tenant: Tenant, minting: Minting, now: EpochSeconds): Promise<TokenResponse> => {
    const [access, refreshToken] = await Promise.all([
      signAccessToken(ports, tenant, minting, now),
      minting.generation === undefined
        ? undefined
        : sealRefreshToken(ports, minting.family, minting.generation),
    ])
    const idToken = minting.scopes.includes('openid')
      ? await signIdToken(ports, tenant, minting, access.token, now)
      : undefined
    return {
      access_token: access.token,
      token_type: 'Bearer',
      expires_in: seconds(access.expiresAt - now),
      scope: minting.scopes.join(' '),
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      ...(idToken === undefined ? {} : { id_token: idToken }),
    }
  }

async function signAccessToken(
  ports: MintingPorts,
  tenant: Tenant,
  { family, scopes }: Minting,
  now: EpochSeconds,
): Promise<{ readonly token: string; readonly expiresAt: EpochSeconds }> {
  const handle = { user: family.user, family: family.id }
  const end = Math.min(plus(now, tenant.settings.accessTokenLifetime), family.expiresAt)
  const expiresAt = epochSeconds(end)
  const claims = accessTokenClaims({
    issuer: tenant.issuer,
    subject: family.user,
    audience: tenant.issuer,
    client: family.client,
    scopes,
    jti: withRegion(ports.region, ports.random.id()),
    issuedAt: now,
    expiresAt,
    authTime: family.authTime,
    handle: await ports.sealer.sealDeterministically('handle', tenant.id, versioned(handle)),
  })
  return { token: await ports.signer.sign(tenant, 'at+jwt', claims), expiresAt }
}

function signIdToken(
  ports: MintingPorts,
  tenant: Tenant,
  { family, nonce }: Minting,
  accessToken: string,
  now: EpochSeconds,
): Promise<string> {
  const claims = ports.idTokenClaims({
    issuer: tenant.issuer,
    subject: family.user,
    client: family.client,
    sid: family.sid,
    authTime: family.authTime,
    amr: family.amr,
    nonce,
    accessToken,
    issuedAt: now,
    expiresAt: plus(now, tenant.settings.idTokenLifetime),
  })
  return ports.signer.sign(tenant, 'JWT', claims)
}

async function sealRefreshToken(
  ports: MintingPorts,
  family: RefreshFamily,
  generation: Generation,
): Promise<string> {
  const { user, id, client, tenant } = family
  const token: RefreshToken = { user, family: id, client, generation }
  const sealed = await ports.sealer.sealDeterministically('refresh', tenant, versioned(token))
  return withRegion(ports.region, sealed)
}

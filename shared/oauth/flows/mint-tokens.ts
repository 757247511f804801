import { withRegion } from '#shared/kernel/home-region.ts'
import type { Generation } from '#shared/kernel/ids.ts'
import { versioned } from '#shared/kernel/sealed-content.ts'
import { withoutAbsent } from '#shared/kernel/without-absent.ts'
import { accessTokenResponse, type TokenResponse } from '../messages/token-response.ts'
import type { IdTokenFacts } from '../token/id-token-facts.ts'
import type { RefreshFamily } from '../token/refresh-family.ts'
import type { RefreshToken } from '../token/refresh-token.ts'
import type { GrantContext } from './grant-context.ts'
import { type AccessTokenPorts, issueAccessToken } from './issue-access-token.ts'
import { subjectFor } from './subjects.ts'

export interface MintingPorts extends AccessTokenPorts {
  /** OpenID Connect's flow, handed in because OAuth does not know it. */
  readonly issueIdToken: (context: GrantContext, facts: IdTokenFacts) => Promise<string>
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
  async (context: GrantContext, minting: Minting): Promise<TokenResponse> => {
    const { family, scopes } = minting
    const subject = await subjectFor(ports)(context.tenant, context.client, family.user)
    const [access, refreshToken] = await Promise.all([
      issueAccessToken(ports)(context, {
        ...family,
        subject,
        scopes,
        family,
        notAfter: family.expiresAt,
      }),
      minting.generation === undefined
        ? undefined
        : sealRefreshToken(ports, family, minting.generation),
    ])
    const idToken = scopes.includes('openid')
      ? await ports.issueIdToken(context, idTokenFacts(minting, subject, access.token))
      : undefined
    return {
      ...accessTokenResponse(access, context),
      ...withoutAbsent({ refresh_token: refreshToken, id_token: idToken }),
    }
  }

const idTokenFacts = (
  { family, nonce }: Minting,
  subject: string,
  accessToken: string,
): IdTokenFacts => ({
  user: family.user,
  subject,
  sid: family.sid,
  authTime: family.authTime,
  amr: family.amr,
  accessToken,
  ...withoutAbsent({ acr: family.acr, nonce, claims: family.claims }),
})

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

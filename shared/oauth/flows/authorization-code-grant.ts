import { withoutRegion } from '#shared/kernel/home-region.ts'
import { readVersioned } from '#shared/kernel/sealed-content.ts'
import type { LongCodes } from '#shared/ports/repositories/long-codes.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { invalidGrant } from '../errors.ts'
import type { GrantRequest } from '../messages/token-request.ts'
import type { TokenResponse } from '../messages/token-response.ts'
import {
  type AuthorizationCode,
  isCodeExpired,
  verifyCodeBinding,
  verifyCodeKey,
} from '../token/authorization-code.ts'
import type { GrantContext } from './grant-context.ts'
import { type FamilyPorts, openFamily } from './open-family.ts'

export type CodeGrantPorts = FamilyPorts & { readonly longCodes: Pick<LongCodes, 'find'> }

/**
 * Redeems an authorization code; a second use revokes what the first one issued.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-10.5
 * @throws ProtocolError `invalid_grant`
 */
export const redeemAuthorizationCode =
  (ports: CodeGrantPorts) =>
  async (
    context: GrantContext,
    request: GrantRequest<'authorization_code'>,
  ): Promise<TokenResponse> => {
    const sealed = await openCode(ports, context.tenant, request.code)
    verifyCodeBinding(sealed, context.client, request)
    verifyCodeKey(sealed, context.confirmation)
    const code = sealed.isLong ? await withLongParts(ports, context, sealed) : sealed
    return openFamily(ports)(context, code, {
      activity: 'code-redeemed',
      replay: 'code-replayed',
      expiresAt: code.expiresAt,
      verify() {
        if (!isCodeExpired(code, context.now)) return
        throw invalidGrant('oauth/code/expired', 'the code has expired')
      },
      replayed: () => invalidGrant('oauth/code/replayed', 'the code has been used before'),
    })
  }

/** What was kept is deleted some time after the code has expired; a late second use still counts as one. */
async function withLongParts(
  ports: CodeGrantPorts,
  { tenant, now }: GrantContext,
  code: AuthorizationCode,
): Promise<AuthorizationCode> {
  const kept = await ports.longCodes.find(tenant.id, code.jti)
  if (kept !== undefined || isCodeExpired(code, now)) return { ...kept, ...code }
  throw invalidGrant('oauth/code/incomplete', 'the code is not one of ours')
}

/** @param presented unverified */
async function openCode(
  ports: CodeGrantPorts,
  tenant: Tenant,
  presented: string,
): Promise<AuthorizationCode> {
  const sealed = withoutRegion(ports.region, presented)
  const opened = sealed && (await ports.sealer.open('code', tenant.id, sealed))
  const code = readVersioned<AuthorizationCode>(opened)
  if (code !== undefined) return code
  throw invalidGrant('oauth/code/unknown', 'the code is not one of ours')
}

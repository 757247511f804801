import { withoutRegion } from '#shared/kernel/home-region.ts'
import { readVersioned } from '#shared/kernel/sealed-content.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import {
  type AuthorizationCode,
  isCodeExpired,
  verifyCodeBinding,
  verifyCodeKey,
} from '../authorization-code.ts'
import { invalidGrant } from '../errors.ts'
import type { GrantRequest } from '../messages/token-request.ts'
import type { TokenResponse } from '../messages/token-response.ts'
import type { GrantContext } from './grant-context.ts'
import { type FamilyPorts, openFamily } from './open-family.ts'

/**
 * Redeems an authorization code; a second use revokes what the first one issued.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3
 * @spec https://www.rfc-editor.org/rfc/rfc6749#section-10.5
 * @throws ProtocolError `invalid_grant`
 */
export const redeemAuthorizationCode =
  (ports: FamilyPorts) =>
  async (
    context: GrantContext,
    request: GrantRequest<'authorization_code'>,
  ): Promise<TokenResponse> => {
    const code = await openCode(ports, context.tenant, request.code)
    verifyCodeBinding(code, context.client, request)
    verifyCodeKey(code, context.confirmation)
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

/** @param presented unverified */
async function openCode(
  ports: FamilyPorts,
  tenant: Tenant,
  presented: string,
): Promise<AuthorizationCode> {
  const sealed = withoutRegion(ports.region, presented)
  const opened = sealed && (await ports.sealer.open('code', tenant.id, sealed))
  const code = readVersioned<AuthorizationCode>(opened)
  if (code !== undefined) return code
  throw invalidGrant('oauth/code/unknown', 'the code is not one of ours')
}

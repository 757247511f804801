import type { User } from '#shared/directory/user.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import type { Client } from '#shared/oauth/client/client.ts'
import { userOfSubject } from '#shared/oauth/flows/subjects.ts'
import type { Users } from '#shared/ports/repositories/users.ts'
import type { Sealer } from '#shared/ports/sealer.ts'
import type { TokenVerifier } from '#shared/ports/token-verifier.ts'
import type { Tenant } from '#shared/tenant/tenant.ts'
import { unknownUserId } from '../errors.ts'
import { readIdTokenHint } from '../id-token-hint.ts'
import type { UserHint } from '../messages/backchannel-authentication-request.ts'

export interface HintPorts {
  readonly users: Users
  readonly idTokens: TokenVerifier
  readonly sealer: Sealer
}

/**
 * Finds the person that a hint names; who may not sign in is not told from who is not there.
 *
 * Only clients that their operator has registered for it may ask at all.
 *
 * @spec https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html#rfc.section.7.2
 * @throws ProtocolError `unknown_user_id`
 */
export const hintedUser =
  (ports: HintPorts) =>
  async (tenant: Tenant, client: Client, hint: UserHint): Promise<User> => {
    const id =
      hint.kind === 'login_hint'
        ? await ports.users.findIdByUserName(tenant.id, hint.value)
        : await userOfToken(ports, tenant, client, hint.value)
    const user = id && (await ports.users.find(tenant.id, id))
    if (user?.attributes.active) return user
    throw unknownUserId('oidc/backchannel/unknown-user', 'the hint names no user')
  }

/** The hint must have been issued to the very client that brings it. */
async function userOfToken(
  ports: HintPorts,
  tenant: Tenant,
  client: Client,
  presented: string,
): Promise<UserId | undefined> {
  const hint = readIdTokenHint(await ports.idTokens.verify(tenant, 'JWT', presented))
  return hint?.client === client.id ? userOfSubject(ports)(tenant, hint.subject) : undefined
}

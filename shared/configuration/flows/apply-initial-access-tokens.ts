import { isDeepStrictEqual } from 'node:util'
import type { TenantId } from '#shared/kernel/ids.ts'
import {
  type DeclaredInitialAccessToken,
  toInitialAccessToken,
} from '#shared/oauth/registration/declared-initial-access-token.ts'
import { initialAccessTokenHash } from '#shared/oauth/registration/initial-access-token.ts'
import type { Applied, Outcome } from '../report.ts'
import { type ApplyPorts, inTurn, newEvent } from './apply-ports.ts'

/** Creates or replaces the initial access tokens of a tenant; how often one was used stays. */
export const applyInitialAccessTokens = (
  ports: ApplyPorts,
  tenant: TenantId,
  tokens: readonly DeclaredInitialAccessToken[],
): Promise<readonly Applied[]> =>
  inTurn(tokens, async (declared) => ({
    kind: 'initial access tokens',
    outcome: await applyInitialAccessToken(ports, tenant, declared),
  }))

async function applyInitialAccessToken(
  ports: ApplyPorts,
  tenant: TenantId,
  declared: DeclaredInitialAccessToken,
): Promise<Outcome> {
  const stored = await ports.initialAccessTokens.find(
    tenant,
    initialAccessTokenHash(declared.token),
  )
  const token = toInitialAccessToken(tenant, declared, stored?.uses ?? 0)
  if (isDeepStrictEqual(token, stored)) return 'unchanged'
  await ports.initialAccessTokens.save(token, newEvent(ports, 'initial-token-changed'))
  return stored === undefined ? 'created' : 'updated'
}

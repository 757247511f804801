import { versioned } from '#shared/kernel/sealed-content.ts'
import type { CodeGrantPorts } from '#shared/oauth/flows/authorization-code-grant.ts'
import type { AuthorizationCode } from '#shared/oauth/token/authorization-code.ts'
import type { RefreshToken } from '#shared/oauth/token/refresh-token.ts'
import { issueIdToken } from '#shared/oidc/flows/issue-id-token.ts'
import {
  authorizationCode,
  client,
  countingRandom,
  region,
  session,
  tenant,
  user,
} from './builders.ts'
import { plainProtection, plainSealer, plainSigner } from './fake-ports.ts'
import { type Contents, inMemoryStore } from './in-memory-store.ts'

/** A token endpoint with one client, one user and one session, and a way to make what it redeems. */
export function tokenWorld(seed: Partial<Contents> = {}) {
  const store = inMemoryStore({
    clients: [client()],
    users: [user()],
    sessions: [session()],
    ...seed,
  })
  const sealer = plainSealer()
  const ports: CodeGrantPorts & typeof store = {
    ...store,
    sealer,
    signer: plainSigner,
    random: countingRandom(),
    region,
    issueIdToken: issueIdToken({ ...store, ...plainProtection, sealer }),
  }
  const inRegion = (sealed: string) => `${region}.${sealed}`
  return {
    ports,
    kept: store.kept,
    sealedCode: async (more: Partial<AuthorizationCode> = {}) =>
      inRegion(await sealer.seal('code', tenant().id, versioned(authorizationCode(more)))),
    sealedRefreshToken: async (token: RefreshToken) =>
      inRegion(await sealer.sealDeterministically('refresh', tenant().id, versioned(token))),
  }
}

import { clientAssertionVerifier } from '#shared/node/client-assertion-verifier.ts'
import { idTokenClaims } from '#shared/oidc/id-token.ts'
import { clientKeys } from './client-keys.ts'
import { clock, random, region } from './node.ts'
import { sealer } from './sealer.ts'
import { clientAssertions, clients, outbox, refreshFamilies, sessions, users } from './store.ts'
import { tokenSigner } from './token-signer.ts'

/** Everything the token endpoint's grants need. */
export const tokenPorts = {
  assertionVerifier: clientAssertionVerifier(clientKeys),
  clientAssertions,
  clients,
  clock,
  idTokenClaims,
  outbox,
  random,
  refreshFamilies,
  region,
  sealer,
  sessions,
  signer: tokenSigner,
  users,
}

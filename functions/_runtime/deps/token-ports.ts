import { idTokenClaims } from '#shared/oidc/id-token.ts'
import { clientAuthentication } from './client-authentication.ts'
import { clock, region } from './node.ts'
import { sealer } from './sealer.ts'
import { outbox, refreshFamilies, sessions, users } from './store.ts'
import { tokenSigner } from './token-signer.ts'

/** Everything the token endpoint's grants need. */
export const tokenPorts = {
  ...clientAuthentication,
  clock,
  idTokenClaims,
  outbox,
  refreshFamilies,
  region,
  sealer,
  sessions,
  signer: tokenSigner,
  users,
}

import { idTokenClaims } from '#shared/oidc/id-token.ts'
import { config } from '../config.ts'
import { clientAuthentication } from './client-authentication.ts'
import { clock, region } from './node.ts'
import { senderPorts } from './sender-ports.ts'
import { outbox, refreshFamilies, resourceServers, sessions, users } from './store.ts'
import { tokenSigner } from './token-signer.ts'

/** Everything the token endpoint's grants need. */
export const tokenPorts = {
  ...clientAuthentication,
  ...senderPorts,
  clock,
  idTokenClaims,
  outbox,
  refreshFamilies,
  region,
  resourceServers,
  sealer,
  sessions,
  signer: tokenSigner,
  users,
}

import { clients } from './clients.ts'
import { region } from './node.ts'
import { sealer } from './sealer.ts'
import { refreshFamilies, revokedTokens, sessions, users } from './store.ts'
import { tokenVerifier } from './token-verifier.ts'

/** Everything that it takes to open an access token of ours and to say whether it stands. */
export const accessTokenPorts = {
  accessTokens: tokenVerifier,
  clients,
  refreshFamilies,
  region,
  revokedTokens,
  sealer,
  sessions,
  users,
}

import { clientAuthentication } from './client-authentication.ts'
import { clock, region } from './node.ts'
import { sealer } from './sealer.ts'
import { backchannelRequests, users } from './store.ts'
import { tokenVerifier } from './token-verifier.ts'

/** Everything that taking a backchannel authentication request needs. */
export const backchannelPorts = {
  ...clientAuthentication,
  backchannelRequests,
  clock,
  idTokens: tokenVerifier,
  region,
  requestObjects: clientAuthentication.assertionVerifier,
  sealer,
  users,
}

import { clientAuthentication } from './client-authentication.ts'
import { mailer } from './mailer.ts'
import { clock, region } from './node.ts'
import { sealer } from './sealer.ts'
import { attempts, backchannelRequests, resourceServers, users } from './store.ts'
import { tokenVerifier } from './token-verifier.ts'

/** Everything that taking a backchannel authentication request needs. */
export const backchannelPorts = {
  ...clientAuthentication,
  attempts,
  backchannelRequests,
  clock,
  idTokens: tokenVerifier,
  mailer,
  region,
  requestObjects: clientAuthentication.assertionVerifier,
  resourceServers,
  sealer,
  users,
}

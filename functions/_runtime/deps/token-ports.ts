import { issueIdToken } from '#shared/oidc/flows/issue-id-token.ts'
import { accessTokenPorts } from './access-tokens.ts'
import { clientAuthentication } from './client-authentication.ts'
import { idTokenPorts } from './id-token-ports.ts'
import { clock, region } from './node.ts'
import { senderPorts } from './sender-ports.ts'
import {
  attempts,
  backchannelRequests,
  deviceAuthorizations,
  longCodes,
  outbox,
  refreshFamilies,
  resourceServers,
  sessions,
  users,
} from './store.ts'
import { tokenSigner } from './token-signer.ts'

/** Everything the token endpoint's grants need. */
export const tokenPorts = {
  ...clientAuthentication,
  ...accessTokenPorts,
  ...senderPorts,
  attempts,
  backchannelRequests,
  clock,
  deviceAuthorizations,
  issueIdToken: issueIdToken(idTokenPorts),
  longCodes,
  outbox,
  refreshFamilies,
  region,
  resourceServers,
  sessions,
  signer: tokenSigner,
  users,
}

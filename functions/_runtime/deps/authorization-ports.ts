import { answerPorts } from './answer-ports.ts'
import { clients } from './clients.ts'
import { httpClient } from './http-client.ts'
import { clock } from './node.ts'
import { requestObjects } from './request-objects.ts'
import { consents, longCodes, pushedRequests, resourceServers, sessions, users } from './store.ts'
import { tokenVerifier } from './token-verifier.ts'

/** Everything the authorization endpoint needs. */
export const authorizationPorts = {
  ...answerPorts,
  clients,
  clock,
  consents,
  httpClient,
  idTokens: tokenVerifier,
  longCodes,
  pushedRequests,
  requestObjects,
  resourceServers,
  sessions,
  users,
}

import { clientAuthentication } from './client-authentication.ts'
import { httpClient } from './http-client.ts'
import { clock } from './node.ts'
import { senderPorts } from './sender-ports.ts'
import { attempts, pushedRequests, resourceServers } from './store.ts'

/** Everything that taking a pushed request needs. */
export const pushingPorts = {
  ...clientAuthentication,
  ...senderPorts,
  attempts,
  clock,
  httpClient,
  pushedRequests,
  resourceServers,
  requestObjects: clientAuthentication.assertionVerifier,
}
